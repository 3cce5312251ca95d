import { randomBytes, randomInt } from "node:crypto";

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** A prefixed id that sorts by the time it was made: 9 characters of milliseconds, 12 of chance. */
export function newId(prefix: string): string {
  let time = Date.now();
  let head = "";
  for (let i = 0; i < 9; i++) {
    head = alphabet.charAt(time % 32) + head;
    time = Math.floor(time / 32);
  }
  return `${prefix}_${head}${randomText(12)}`;
}

/** Text of the given length from a 32-letter alphabet: 5 bits of chance a character. */
export function randomText(length: number): string {
  let text = "";
  for (const byte of randomBytes(length)) text += alphabet.charAt(byte % 32);
  return text;
}

/** A secret of 32 random bytes that names its kind, so that a leaked one can be recognised. */
export function newSecret(prefix: string): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

const adjectives =
  "amber brave bright calm clever cool crisp dapper eager early fair fancy fine frank gentle glad golden good great green happy hardy honest jolly joyful keen kind lively loyal lucky mellow merry mild neat nice noble olive open patient placid plain plucky polite proud quick quiet rapid ready rosy round sandy sharp shiny silent silver simple sleepy smart smooth snowy soft solid spry stable steady still strong sunny sweet swift tidy tough upbeat vivid warm wide willing wise witty young zesty".split(
    " ",
  );
const nouns =
  "ant apple arch arrow ash badge bag ball bamboo basin bay beach bean bear beet bell berry bird boat bolt book bottle bowl box brick bridge brush cake camel canal candle carrot castle cat chain chair cherry cloud clover coast comb cord corn cotton crane crown cup date deer desk diamond dog door dove drum duck eagle ear engine fig flower foot fork fox frog garden gate giraffe glass grape guitar hair hat heart hill horse island ivy jar jelly kettle key kite lamp leaf lemon lime lion lizard lock loquat mango map melon moon nail neck needle net nut oak oil onion orange orchid owl pan parrot pea peach pear pen pencil pepper pine plum pocket pot pump quill rabbit rail reed rhubarb rice ring river roof root rose sail salt scale seal seed shark shelf shoe snail soccer spade spoon square stamp star stem store street sun table tail thread tiger toe tooth train tray tree tulip turnip van vase vinegar wall watch wheel whistle wing wolf worm yak yam yogurt zebra".split(
    " ",
  );

/** A run's name, which is also its MLflow run id: `keen_plum_4vq81dxm0s`. */
export function newRunName(): string {
  const adjective = adjectives[randomInt(adjectives.length)];
  const noun = nouns[randomInt(nouns.length)];
  return `${adjective}_${noun}_${randomText(10)}`;
}
