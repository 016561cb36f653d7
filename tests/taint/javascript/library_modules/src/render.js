export const render = (template, values) => {
  const body = template.replace(/\{(\w+)\}/g, '${values.$1}');
  return new Function('values', `return \`${body}\`;`)(values); // vuln: javascript-code-injection [library]
};
