// What an element is said to be is no type of an answer.
const button = document.createElement('button');
button.type = 'button';
button.innerHTML = decodeURIComponent(location.hash.slice(1)); // vuln: javascript-cross-site-scripting
