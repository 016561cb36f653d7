import { own } from './own.js';

export default class Runner {
  run(code) {
    own('1 + 1');
    return eval(code); // vuln: javascript-code-injection [library]
  }
}
