// This computer's microphone and camera: asked for when needed, refused in words.
const WORDS = {
  NotAllowedError: (what) => `the browser may not use the ${what}: allow it beside the address, then try again`,
  NotFoundError: (what) => `this computer has no ${what}`,
  NotReadableError: (what) => `another program uses the ${what}: close it, then try again`,
  OverconstrainedError: (what) => `the ${what} of this computer cannot do it`,
};

export async function openDevice(what, constraints) {
  if (!navigator.mediaDevices) throw new Error(`the browser gives the ${what} to http://127.0.0.1 and http://localhost only`);
  try {
    return await navigator.mediaDevices.getUserMedia(constraints);
  } catch (error) {
    throw new Error(WORDS[error.name]?.(what) ?? `the ${what} does not open: ${error.message}`);
  }
}
