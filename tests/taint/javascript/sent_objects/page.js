// A page's own elements show what is in a list, and of an object nothing.
function listed() {
  return [decodeURIComponent(location.hash.slice(1))];
}

function described() {
  const held = make();
  held.name = decodeURIComponent(location.hash.slice(1));
  return held;
}

document.body.innerHTML = described(); // safe: javascript-cross-site-scripting
document.querySelector('main').innerHTML = described().name; // vuln: javascript-cross-site-scripting
document.querySelector('ul').insertAdjacentHTML('beforeend', listed()[0]); // vuln: javascript-cross-site-scripting
document.querySelector('ol').insertAdjacentHTML('beforeend', listed()); // vuln: javascript-cross-site-scripting
