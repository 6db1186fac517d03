// The browser as a handset: 16 kHz, 16 bits, mono, 20 ms a message, both ways.
const RATE = 16000;

export class Sound {
  constructor(number) {
    this.number = number;
    this.context = null;
    this.socket = null;
    this.microphone = null;
  }

  get on() {
    return this.context !== null;
  }

  async start() {
    this.context = new AudioContext({ sampleRate: RATE, latencyHint: "interactive" });
    try {
      await this.context.audioWorklet.addModule(new URL("handset-worklet.js", import.meta.url));
      this.earpiece = new AudioWorkletNode(this.context, "earpiece", { numberOfInputs: 0, outputChannelCount: [1] });
      this.earpiece.connect(this.context.destination);
      const address = new URL(`ws/sound/${this.number}`, location.href.replace(/^http/, "ws"));
      this.socket = new WebSocket(address);
      this.socket.binaryType = "arraybuffer";
      this.socket.onmessage = ({ data }) => this.earpiece.port.postMessage(data, [data]);
      await this.openMicrophone();
      await this.context.resume();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  // Without a microphone, or without leave to use it, one can still listen.
  async openMicrophone() {
    try {
      this.microphone = await navigator.mediaDevices.getUserMedia({
        audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true },
      });
    } catch (error) {
      console.info(`no microphone: ${error.message}`);
      return;
    }
    const mouthpiece = new AudioWorkletNode(this.context, "mouthpiece", { numberOfOutputs: 0 });
    mouthpiece.port.onmessage = ({ data }) => {
      if (this.socket?.readyState === WebSocket.OPEN && this.socket.bufferedAmount < 8 * data.byteLength) this.socket.send(data);
    };
    this.context.createMediaStreamSource(this.microphone).connect(mouthpiece);
  }

  async stop() {
    this.microphone?.getTracks().forEach((track) => track.stop());
    this.socket?.close();
    await this.context?.close();
    this.context = this.socket = this.microphone = null;
  }
}
