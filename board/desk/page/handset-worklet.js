// Runs in the audio thread, at whatever rate the sound card has; the phone speaks and hears at 16 kHz.
// Earpiece: a jitter buffer whose clock follows the phone's. Mouthpiece: 320 samples a message.
import { Resampler } from "./resampler.js";

const RATE = 16000;
const PERIOD = 320;
const START = 3 * PERIOD; // 60 ms before the first sound, so that a late message is not a gap
const MOST = 10 * PERIOD; // more than 200 ms behind: skip to now
const SLACK = 0.004; // how much faster or slower than told it plays, to stay near START
const PULL = 0.02;

class Earpiece extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(RATE, sampleRate);
    this.waiting = new Float32Array(MOST + PERIOD);
    this.length = 0;
    this.next = 0; // the first sample that waits
    this.playing = false;
    this.port.onmessage = ({ data }) => this.queue(new Int16Array(data));
  }

  queue(samples) {
    if (this.length + samples.length > MOST) this.drop(this.length + samples.length - START);
    for (const sample of samples) {
      this.waiting[(this.next + this.length) % this.waiting.length] = sample / 32768;
      this.length += 1;
    }
  }

  drop(count) {
    const dropped = Math.min(count, this.length);
    this.next = (this.next + dropped) % this.waiting.length;
    this.length -= dropped;
  }

  process(_inputs, [[out]]) {
    this.playing = this.playing ? this.length > 0 : this.length >= START;
    const late = (this.length - START) / RATE;
    this.resampler.step = this.resampler.usual * (1 + Math.max(-SLACK, Math.min(SLACK, late * PULL)));
    for (let i = 0; i < out.length; i++) {
      while (!this.resampler.ready) {
        const sample = this.playing && this.length > 0 ? this.waiting[this.next] : 0;
        if (this.playing) this.drop(1);
        this.resampler.push(sample);
      }
      out[i] = this.resampler.take();
    }
    return true;
  }
}

class Mouthpiece extends AudioWorkletProcessor {
  constructor() {
    super();
    this.resampler = new Resampler(sampleRate, RATE);
    this.period = new Int16Array(PERIOD);
    this.length = 0;
  }

  process([[heard]]) {
    for (const sample of heard ?? []) {
      this.resampler.push(sample);
      while (this.resampler.ready) this.say(this.resampler.take());
    }
    return true;
  }

  say(sample) {
    this.period[this.length++] = Math.max(-1, Math.min(1, sample)) * 32767;
    if (this.length === PERIOD) {
      this.port.postMessage(this.period.buffer, [this.period.buffer]);
      this.period = new Int16Array(PERIOD);
      this.length = 0;
    }
  }
}

registerProcessor("earpiece", Earpiece);
registerProcessor("mouthpiece", Mouthpiece);
