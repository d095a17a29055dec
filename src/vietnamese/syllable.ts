/** The consonants that a syllable may begin with: `mappings/tables/onsets.tsv`. */
export const ONSETS: readonly string[] = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x".split(" ");

/** What may follow them, tones taken off: `mappings/tables/rhymes.tsv`. */
export const RHYMES: ReadonlySet<string> = new Set(
  (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec em en eng eo ep et ê êch " +
    "êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao " +
    "oap oat oay oăc oăm oăn oăng oăt oc oe oem oen oeo oet oi om on ong oong ooc op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm " +
    "ơn ơp ơt u ua uâc uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên " +
    "uyêt uynh uyt uyn uyp uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêng yêt yêu ynh yt " +
    "ych uai uan uang uanh uao uat uay uăc uăn uăng uăp uăt uach uac ue uen ueo uet uap uit uich uinh uă uau uêt uên uêu " +
    "uăm"
  ).split(" "),
);

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g;
const ENDS_IN_STOP = /(?:ch?|p|t)$/;
/** Sắc and nặng: the only tones before a stop. */
const TONES_OF_STOPS = /[\u0301\u0323]/;
const FRONT_VOWEL = /^[eêiy]/;
/** g, ng and c are written gh, ngh and k before e, ê and i, and only there; "gì" and "giếng" begin with gi. */
const NOT_BEFORE_FRONT: ReadonlySet<string> = new Set(["c", "ng"]);
const ONLY_BEFORE_FRONT: ReadonlySet<string> = new Set(["k", "gh", "ngh"]);

let spellings: ReadonlySet<string> | null = null;

/**
 * Whether a word is spelt as a Vietnamese syllable can be: an onset and a rhyme that go together, at most one tone, and one
 * that its ending allows. In whatever case; composed or not. Words of other languages pass now and then ("son", "thin").
 */
export function isSyllable(word: string): boolean {
  spellings ??= new Set(["", ...ONSETS].flatMap(spellingsWith));
  const marked = word.toLowerCase().normalize("NFD");
  const tones = marked.match(TONES);
  const plain = tones === null ? marked : marked.replace(TONES, "");
  if (!spellings.has(plain.normalize("NFC"))) return false;
  if (ENDS_IN_STOP.test(plain)) return tones?.length === 1 && TONES_OF_STOPS.test(marked);
  return tones === null || tones.length === 1;
}

function spellingsWith(onset: string): readonly string[] {
  return [...RHYMES].filter((rhyme) => goTogether(onset, rhyme)).map((rhyme) => `${onset}${rhyme}`);
}

function goTogether(onset: string, rhyme: string): boolean {
  if (onset === "q") return rhyme.startsWith("u");
  // "yên" stands alone, "iên" does not
  if (rhyme.startsWith("yê") && onset !== "") return false;
  if (rhyme.startsWith("iê") && onset === "") return false;
  const front = FRONT_VOWEL.test(rhyme);
  if (onset === "g") return !front || rhyme.startsWith("i");
  return front ? !NOT_BEFORE_FRONT.has(onset) : !ONLY_BEFORE_FRONT.has(onset);
}
