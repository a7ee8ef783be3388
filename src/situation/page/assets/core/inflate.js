// Unpacking the record and the charting library: the browser's own unpacker, or the one below where the browser has none.
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
];
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
];
const BASE_85 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;/=>?@^_`{|}~"; // as in page/packing.py
const CODE_ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/**
 * A table of canonical codes: how many of each length, and the symbols in order.
 * @param {number[]} lengths
 * @returns {{ counts: Uint16Array, symbols: Uint16Array }}
 */
function codeTable(lengths) {
  const counts = new Uint16Array(16),
    symbols = new Uint16Array(lengths.length),
    starts = new Uint16Array(16);
  for (const length of lengths) counts[length] += 1;
  counts[0] = 0;
  for (let i = 1; i < 16; i += 1) starts[i] = starts[i - 1] + counts[i - 1];
  lengths.forEach((length, symbol) => {
    if (length) {
      symbols[starts[length]] = symbol;
      starts[length] += 1;
    }
  });
  return { counts, symbols };
}

/**
 * Undo deflate (RFC 1951) inside gzip (RFC 1952). The packer writes no optional header fields.
 * @param {Uint8Array} packed
 * @returns {Uint8Array<ArrayBuffer>}
 */
function gunzip(packed) {
  if (packed[0] !== 0x1f || packed[1] !== 0x8b || packed[3] !== 0)
    throw new Error("what is packed here is not plain gzip");
  const tail = packed.length - 4;
  const out = new Uint8Array(
    packed[tail] | (packed[tail + 1] << 8) | (packed[tail + 2] << 16) | (packed[tail + 3] << 24),
  );
  let at = 10,
    held = 0,
    have = 0,
    end = 0;
  const bits = (n) => {
    while (have < n) {
      held |= packed[at] << have;
      at += 1;
      have += 8;
    }
    const value = held & ((1 << n) - 1);
    held >>>= n;
    have -= n;
    return value;
  };
  const symbol = ({ counts, symbols }) => {
    let code = 0,
      first = 0,
      before = 0;
    for (let length = 1; length < 16; length += 1) {
      code |= bits(1);
      const n = counts[length];
      if (code - first < n) return symbols[before + code - first];
      before += n;
      first = (first + n) << 1;
      code <<= 1;
    }
    throw new Error("what is packed here is damaged");
  };
  const fixed = [
    codeTable(Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8))),
    codeTable(Array(30).fill(5)),
  ];
  const written = () => {
    const literals = bits(5) + 257,
      distances = bits(5) + 1,
      given = bits(4) + 4,
      lengths = Array(19).fill(0),
      all = [];
    for (let i = 0; i < given; i += 1) lengths[CODE_ORDER[i]] = bits(3);
    const table = codeTable(lengths);
    while (all.length < literals + distances) {
      const s = symbol(table);
      if (s < 16) all.push(s);
      else {
        const n = s === 16 ? 3 + bits(2) : s === 17 ? 3 + bits(3) : 11 + bits(7),
          v = s === 16 ? all[all.length - 1] : 0;
        for (let i = 0; i < n; i += 1) all.push(v);
      }
    }
    return [codeTable(all.slice(0, literals)), codeTable(all.slice(literals))];
  };
  for (let last = 0; !last;) {
    last = bits(1);
    const kind = bits(2);
    if (kind === 0) {
      held = 0;
      have = 0;
      const n = packed[at] | (packed[at + 1] << 8);
      out.set(packed.subarray(at + 4, at + 4 + n), end);
      at += 4 + n;
      end += n;
      continue;
    }
    const [literal, distance] = kind === 1 ? fixed : written();
    for (let s = symbol(literal); s !== 256; s = symbol(literal)) {
      if (s < 256) {
        out[end] = s;
        end += 1;
        continue;
      }
      const n = LENGTHS[s - 257] + bits(LENGTH_BITS[s - 257]),
        d = symbol(distance);
      const from = end - DISTANCES[d] - bits(d < 2 ? 0 : (d >> 1) - 1);
      for (let i = 0; i < n; i += 1) out[end + i] = out[from + i];
      end += n;
    }
  }
  return out;
}

/**
 * The bytes of a text in base 85: four of them in five signs.
 * @param {string} text
 */
function bytesOf(text) {
  const values = new Uint8Array(128),
    lacking = (5 - (text.length % 5)) % 5,
    whole = text + BASE_85[84].repeat(lacking),
    view = new DataView(new ArrayBuffer((whole.length / 5) * 4));
  for (let i = 0; i < 85; i += 1) values[BASE_85.charCodeAt(i)] = i;
  for (let from = 0, to = 0; from < whole.length; from += 5, to += 4) {
    let four = 0;
    for (let i = from; i < from + 5; i += 1) four = four * 85 + values[whole.charCodeAt(i)];
    view.setUint32(to, four);
  }
  return new Uint8Array(view.buffer, 0, view.byteLength - lacking);
}

/**
 * @param {string} text
 * @returns {Promise<string>}
 */
export async function unpack(text) {
  const packed = bytesOf(text.trim());
  if (typeof DecompressionStream === "function") {
    return new Response(new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"))).text();
  }
  return new TextDecoder().decode(gunzip(packed));
}
