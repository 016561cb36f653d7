export const handler = async (event) => {
  const name = event.queryStringParameters?.name ?? 'nobody';
  const count = Number(event.queryStringParameters?.count);
  if (count > 3) {
    return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: `<h1>${count}</h1>` }; // safe: javascript-cross-site-scripting
  }
  return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: `<h1>Hello ${name}</h1>` }; // vuln: javascript-cross-site-scripting
};

const HEADERS = { 'content-type': 'text/html; charset=utf-8' };

export const lambdaHandler = async (event) => {
  const { name } = JSON.parse(event.body);
  if (!name) {
    return { statusCode: 400, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ missing: event.path }) }; // safe: javascript-cross-site-scripting
  }
  if (name === 'plain') {
    return { statusCode: 200, headers: { 'Content-Type': 'text/plain' }, body: `Hello ${event.path}` }; // safe: javascript-cross-site-scripting
  }
  return {
    statusCode: 200,
    headers: HEADERS,
    body: `<h1>Thanks ${name}</h1>`, // vuln: javascript-cross-site-scripting
  };
};
