// A library of ES modules: named and default exports, those that only its own files use.
export { default as Runner } from './runner.js';
export { render as renderText } from './render.js';
export default function evaluate(expression) {
  return new Function(`return ${expression}`)(); // vuln: javascript-code-injection [library]
}
