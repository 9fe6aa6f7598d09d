// Opens the page that was asked for as soon as the server can give it; without this
// module a link does.

const AGAIN_MS = 3000;

async function look() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
  if (answer && answer.status !== 503) location.replace(location.href);
  else setTimeout(look, AGAIN_MS);
}

setTimeout(look, AGAIN_MS);
