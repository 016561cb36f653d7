export const handler = async (event) => {
  const name = event.queryStringParameters?.name ?? 'nobody';
  const count = Number(event.queryStringParameters?.count);
  if (count > 3) {
    return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: `<h1>${count}</h1>` }; // safe: javascript-cross-site-scripting
  }
  return { statusCode: 200, headers: { 'Content-Type': 'text/html' }, body: `<h1>Hello ${name}</h1>` }; // vuln: javascript-cross-site-scripting
};
