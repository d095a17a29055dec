/** Choices that look random and are the same on every machine and every day. */
export interface SeededChoice {
  /** A whole number from `first` to `last`, both included. */
  between(first: number, last: number): number;
  pick<Value>(values: readonly [Value, ...Value[]]): Value;
  /** Up to `count` different values, in a random order. */
  pickSome<Value>(values: readonly Value[], count: number): Value[];
  happens(probability: number): boolean;
}

/** Park and Miller's minimal standard generator (CACM 31, 1988): exact in doubles, no bit operations. */
const MODULUS = 2_147_483_647;
const MULTIPLIER = 48_271;

export function seededChoice(seed: number): SeededChoice {
  let state = (scatter(seed) % (MODULUS - 1)) + 1;

  function nextShare(): number {
    state = (state * MULTIPLIER) % MODULUS;
    return (state - 1) / (MODULUS - 1);
  }
  function between(first: number, last: number): number {
    return first + Math.floor(nextShare() * (last - first + 1));
  }
  return {
    between,
    pick: (values) => values[between(0, values.length - 1)] ?? values[0],
    pickSome: (values, count) => takeSome(values, count, between),
    happens: (probability) => nextShare() < probability,
  };
}

function takeSome<Value>(
  values: readonly Value[],
  count: number,
  between: (first: number, last: number) => number,
): Value[] {
  const left = [...values];
  const taken: Value[] = [];
  while (taken.length < count && left.length > 0) taken.push(...left.splice(between(0, left.length - 1), 1));
  return taken;
}

/** Neighbouring seeds would give neighbouring first choices: the generator alone mixes too slowly. */
function scatter(seed: number): number {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}
