// As much of RFC 6455 as a client needs that only counts: frames of the server, unmasked, whole or in pieces.

/** Calls back with the operation code and the bytes of each frame; pieces may end anywhere. */
export function frameReader(onFrame) {
  let held;
  return function push(piece) {
    let bytes = held === undefined ? piece : Buffer.concat([held, piece]);
    let at = 0;
    while (bytes.length - at >= 2) {
      let length = bytes[at + 1] & 0x7f;
      let head = 2;
      if (length === 126) {
        if (bytes.length - at < 4) break;
        length = bytes.readUInt16BE(at + 2);
        head = 4;
      } else if (length === 127) {
        if (bytes.length - at < 10) break;
        length = Number(bytes.readBigUInt64BE(at + 2));
        head = 10;
      }
      if (bytes.length - at < head + length) break;
      onFrame(bytes[at] & 0x0f, bytes, at + head, at + head + length);
      at += head + length;
    }
    held = at === bytes.length ? undefined : at === 0 ? bytes : bytes.subarray(at);
  };
}

/** A client's frame: masked, as it must be, with a mask of zeros. */
export function clientFrame(code, payload) {
  const body = Buffer.from(payload);
  const head =
    body.length < 126
      ? Buffer.from([0x80 | code, 0x80 | body.length])
      : Buffer.from([0x80 | code, 0xfe, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), body]);
}
