// Addresses in a page: what begins with a slash or with a scheme of the web runs no script.
const params = new URLSearchParams(window.location.search);

export function back() {
  const next = params.get('next');
  if (next.startsWith('/') && !next.startsWith('//')) {
    window.location.assign(next); // safe: javascript-script-address
  }
}

export function away() {
  const next = params.get('away');
  if (next.startsWith('https://')) {
    window.location.assign(next); // safe: javascript-script-address
  }
}

export function forward() {
  const next = params.get('forward');
  if (next.startsWith('java')) {
    window.location.assign(next); // vuln: javascript-script-address
  }
}
