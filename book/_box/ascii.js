// Lines without LaTeX (`dJ/dv_c = -u_o + sum_w yhat_w u_w`) as the LaTeX that they stand for: for the
// preview only, until the checker has told how it reads them. What is LaTeX already stays as it is.

const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta kappa lambda mu nu xi pi rho sigma tau phi chi psi omega";
const FUNCTIONS = "exp log ln sum prod tanh partial nabla";
const UPRIGHT = "softmax softplus sigmoid diag";
const ACCENTS = { hat: "\\hat", bar: "\\bar", tilde: "\\tilde" };

const among = (words) => words.split(" ").join("|");
const WORD = "(?<![\\\\A-Za-z])"; // no command, and not within a word
const END = "(?![A-Za-z])";
const RULES = [
  [new RegExp(`${WORD}(u|v|y|theta)(hat|bar|tilde)${END}`, "g"), (_, letter, accent) => `${ACCENTS[accent]}{${letter}}`],
  [/!=/g, () => "\\neq "],
  [/<=/g, () => "\\le "],
  [new RegExp(`(?<!_)${WORD}(d|partial )\\s*([A-Za-z])\\s*/\\s*\\1\\s*([A-Za-z]+(?:_(?:\\w|\\{[^{}]*\\}))?)`, "g"), fraction],
  [new RegExp(`∂\\s*([A-Za-z])\\s*/\\s*∂\\s*([A-Za-z]+(?:_(?:\\w|\\{[^{}]*\\}))?)`, "g"), (_, top, below) => fraction(_, "∂", top, below)],
  [/\^(?:T|\{T\}|⊤)(?![A-Za-z])/g, () => "^\\top "],
  [/(?<![\\^_{])\*/g, () => "\\,"],
  [new RegExp(`${WORD}(${among(FUNCTIONS)})${END}`, "g"), (_, name) => `\\${name} `],
  [new RegExp(`${WORD}(${among(UPRIGHT)})${END}`, "g"), (_, name) => (name === "sigmoid" ? "\\sigma " : `\\mathrm{${name}}`)],
  [new RegExp(`${WORD}(${among(GREEK)})${END}`, "g"), (_, name) => `\\${name} `],
];

function fraction(_, sign, top, below) {
  const d = sign === "d" ? "d" : "\\partial";
  return `\\frac{${d} ${top}}{${d} ${below}}`;
}

// Words in these stay words.
const TEXT = /(\\(?:text\w*|math\w+|mbox|operatorname\*?|begin|end|label|tag|[a-z]*color)\s*\{[^{}]*\})/;

const converted = (text) => RULES.reduce((before, [pattern, to]) => before.replace(pattern, to), text);

/** LaTeX of a line as it was typed. */
export const fromAscii = (line) =>
  line.split(TEXT).map((part, place) => (place % 2 ? part : converted(part))).join("");
