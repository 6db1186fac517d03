// From one sampling rate to another by a windowed sinc; runs in the audio thread, allocates nothing there.
const PHASES = 512;
const LOBES = 16; // zero crossings on each side: 80 dB of stop band
const BETA = 8; // of the Kaiser window
const ROOM = 0.91; // of the narrower band is used, the rest is for the slope

export class Resampler {
  constructor(from, to) {
    const band = Math.min(1, to / from) * ROOM;
    this.half = Math.ceil(LOBES / band);
    this.taps = 2 * this.half + 1;
    this.rows = Array.from({ length: PHASES + 1 }, (_, phase) => this.row(phase / PHASES, band));
    this.line = new Float32Array(2 * this.taps); // written twice, so that the last `taps` are always in one piece
    this.at = 0;
    this.usual = from / to;
    this.step = this.usual; // input samples for an output sample
    this.wait = 0; // input samples until the next output sample
  }

  row(fraction, band) {
    const row = new Float32Array(this.taps);
    let sum = 0;
    for (let i = 0; i < this.taps; i++) {
      const x = i - this.half + fraction;
      const inside = 1 - (x / this.half) ** 2;
      const sinc = x === 0 ? 1 : Math.sin(Math.PI * band * x) / (Math.PI * band * x);
      row[i] = inside > 0 ? sinc * bessel(BETA * Math.sqrt(inside)) : 0;
      sum += row[i];
    }
    return row.map((weight) => weight / sum);
  }

  // Take an input sample in. While `ready`, an output sample is due.
  push(sample) {
    this.line[this.at] = this.line[this.at + this.taps] = sample;
    this.at = (this.at + 1) % this.taps;
    this.wait -= 1;
  }

  get ready() {
    return this.wait <= 0;
  }

  take() {
    const row = this.rows[Math.round(Math.min(1, -this.wait) * PHASES)];
    let sum = 0;
    for (let i = 0; i < this.taps; i++) sum += row[i] * this.line[this.at + i];
    this.wait += this.step;
    return sum;
  }
}

// The modified Bessel function of the first kind and order zero, by its series.
function bessel(x) {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-9 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}
