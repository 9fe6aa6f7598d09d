// What Swagger UI is told on this page, besides the address of the schema: the dark
// colours of the system, only what a browser can authorize with, closed answers but
// for the first that succeeds, and parameters that are empty until somebody fills them.

const dark = window.matchMedia("(prefers-color-scheme: dark)");
const followColours = () =>
  document.documentElement.classList.toggle("dark-mode", dark.matches);
followColours();
dark.addEventListener("change", followColours);

// The session cookie is sent by itself, and no script may set it.
const SESSION = "cookieAuth";

const withoutSession =
  (original) =>
  (_state, ...asked) =>
    original(...asked).filter((ways) => !ways.has(SESSION));

const withoutExample =
  (original) =>
  (_state, ...asked) =>
    original(...asked)
      .delete("example")
      .delete("examples")
      .deleteIn(["schema", "example"])
      .deleteIn(["schema", "examples"]);

const exampleOf = (parameter) =>
  parameter.get("example") ?? parameter.getIn(["schema", "examples", 0]);

const withExampleInWords = (Original, { React }) =>
  function Parameter(props) {
    const example = exampleOf(props.rawParam);
    if (example === undefined) return React.createElement(Original, props);
    const words = props.param.get("description") ?? "";
    const text = typeof example === "object" ? JSON.stringify(example) : example;
    const description = `${words}\n\nExample: \`${text}\``;
    const param = props.param.set("description", description);
    return React.createElement(Original, { ...props, param });
  };

const coded = (text, React) =>
  text
    .split("`")
    .map((part, at) => (at % 2 ? React.createElement("code", null, part) : part));

const closedUntilAsked = (Original, { React }) =>
  function Answer(props) {
    const [isOpen, setOpen] = React.useState(false);
    const answer = React.createElement(Original, props);
    if (String(props.code).startsWith("2")) return answer;
    const button = React.createElement(
      "button",
      { type: "button", "aria-expanded": isOpen, onClick: () => setOpen(!isOpen) },
      ...coded(props.response.get("description") || props.code, React),
    );
    const line = React.createElement(
      "tr",
      { className: "answer-line" },
      React.createElement("td", { className: "response-col_status" }, props.code),
      React.createElement("td", { colSpan: 2 }, button),
    );
    return React.createElement(React.Fragment, null, line, isOpen && answer);
  };

const quietly = () => ({
  statePlugins: {
    auth: { wrapSelectors: { definitionsToAuthorize: withoutSession } },
    spec: { wrapSelectors: { parameterWithMetaByIdentity: withoutExample } },
  },
  wrapComponents: {
    parameterRow: withExampleInWords,
    response: closedUntilAsked,
  },
});

// Read by the script that starts Swagger UI.
const docsSettings = {
  validatorUrl: null, // its badge would be drawn by another host
  deepLinking: false, // puts links into buttons, which no keyboard reaches
  defaultModelsExpandDepth: -1, // each operation shows its own bodies
  docExpansion: "none", // one line for each kind of row: there are more than a hundred calls
  plugins: [quietly],
};
