// Runs in the audio thread. Earpiece: a small jitter buffer. Mouthpiece: 320 samples a message.
const PERIOD = 320;
const START = 3 * PERIOD; // 60 ms before the first sound, so that a late message is not a gap
const MOST = 10 * PERIOD; // more than 200 ms behind: skip to now

class Earpiece extends AudioWorkletProcessor {
  constructor() {
    super();
    this.waiting = new Float32Array(MOST * 2);
    this.length = 0;
    this.playing = false;
    this.port.onmessage = ({ data }) => this.queue(new Int16Array(data));
  }

  queue(samples) {
    if (this.length + samples.length > MOST) this.drop(this.length - START);
    for (let i = 0; i < samples.length; i++) this.waiting[this.length + i] = samples[i] / 32768;
    this.length += samples.length;
  }

  drop(count) {
    this.waiting.copyWithin(0, count, this.length);
    this.length -= count;
  }

  process(_inputs, [[out]]) {
    this.playing = this.playing ? this.length >= out.length : this.length >= START;
    if (this.playing) {
      out.set(this.waiting.subarray(0, out.length));
      this.drop(out.length);
    }
    return true;
  }
}

class Mouthpiece extends AudioWorkletProcessor {
  constructor() {
    super();
    this.period = new Int16Array(PERIOD);
    this.length = 0;
  }

  process([[heard]]) {
    for (const sample of heard ?? []) {
      this.period[this.length++] = Math.max(-1, Math.min(1, sample)) * 32767;
      if (this.length === PERIOD) {
        this.port.postMessage(this.period.buffer, [this.period.buffer]);
        this.period = new Int16Array(PERIOD);
        this.length = 0;
      }
    }
    return true;
  }
}

registerProcessor("earpiece", Earpiece);
registerProcessor("mouthpiece", Mouthpiece);
