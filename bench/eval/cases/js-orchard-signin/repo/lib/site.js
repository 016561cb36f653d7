const ORIGIN = process.env.SITE_ORIGIN || "https://orchard.example";

// growers come from the newsletter, back is in its links
function within(target) {
  const start = new URL("/", ORIGIN);
  let url;
  try {
    url = new URL(target, start);
  } catch {
    return start.href;
  }
  return url.origin === start.origin ? url.href : start.href;
}

module.exports = { within };
