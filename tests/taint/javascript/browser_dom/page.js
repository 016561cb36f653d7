// The browser: location, referrer, messages, storage; sinks of the document.
const params = new URLSearchParams(window.location.search);
const box = document.getElementById('box');
const list = document.querySelector('.list');

box.innerHTML = params.get('text'); // vuln: javascript-cross-site-scripting
box.innerHTML = '<b>' + decodeURIComponent(location.hash.slice(1)) + '</b>'; // vuln: javascript-cross-site-scripting
box.textContent = params.get('text'); // safe: javascript-cross-site-scripting
box.outerHTML = `<div>${document.referrer}</div>`; // vuln: javascript-cross-site-scripting
list.insertAdjacentHTML('beforeend', `<li>${params.get('item')}</li>`); // vuln: javascript-cross-site-scripting
list.insertAdjacentText('beforeend', params.get('item')); // safe: javascript-cross-site-scripting
document.write(`<p>${location.href}</p>`); // vuln: javascript-cross-site-scripting
document.title = params.get('title'); // safe: javascript-cross-site-scripting
box.innerHTML = `<p>${Number(params.get('count'))}</p>`; // safe: javascript-cross-site-scripting
box.setAttribute('title', params.get('title')); // safe: javascript-cross-site-scripting
box.innerHTML = `<p>${params.get('size') === 'large' ? 'Large' : 'Small'}</p>`; // safe: javascript-cross-site-scripting

window.addEventListener('message', (event) => {
  list.innerHTML = event.data; // vuln: javascript-cross-site-scripting
  list.append(event.data); // safe: javascript-cross-site-scripting
});

window.addEventListener('message', ({ origin, data }) => {
  if (origin !== 'https://shop.example') {
    return;
  }
  list.innerHTML = data; // safe: javascript-cross-site-scripting
});

function show(text) {
  const item = document.createElement('li');
  item.innerHTML = text; // vuln: javascript-cross-site-scripting
  list.appendChild(item);
}

show(new URL(location.href).searchParams.get('name'));

location.href = params.get('next'); // vuln: javascript-script-address
window.location.assign(`/items?page=${params.get('page')}`); // safe: javascript-script-address
window.open(params.get('link')); // vuln: javascript-script-address

eval(params.get('run')); // vuln: javascript-code-injection
setTimeout(() => show('<b>fixed</b>'), 10);
