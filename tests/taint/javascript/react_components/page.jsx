// React: dangerouslySetInnerHTML, addresses, properties handed down, hooks.
import React, { useEffect, useRef, useState } from 'react';
import { useParams, useSearchParams } from 'react-router-dom';

export function Page() {
  const [params] = useSearchParams();
  const { name } = useParams();
  const text = params.get('text');
  return (
    <main title={text}>
      <h1>{name}</h1>
      <p>{text}</p>
      <Markup html={params.get('html')} plain="fixed" />
      <Item name={name} />
    </main>
  );
}

function Markup({ html, plain }) {
  const first = <div dangerouslySetInnerHTML={{ __html: html }} />; // vuln: javascript-cross-site-scripting
  const second = <div dangerouslySetInnerHTML={{ __html: plain }} />; // safe: javascript-cross-site-scripting
  return [first, second];
}

function Item(props) {
  return <b>{props.name}</b>;
}

export function Link() {
  const [params] = useSearchParams();
  const back = params.get('back');
  return <a href={back}>Back</a>; // vuln: javascript-script-address
}

export function Fixed() {
  const [params] = useSearchParams();
  return <a href={`/items/${params.get('id')}`}>Back</a>; // safe: javascript-script-address
}

export function Effect() {
  const [params] = useSearchParams();
  const [text, setText] = useState('');
  const box = useRef(null);
  useEffect(() => {
    setText(params.get('text'));
    box.current.innerHTML = params.get('text'); // vuln: javascript-cross-site-scripting
  }, [params]);
  return <div ref={box} dangerouslySetInnerHTML={{ __html: text }} />; // vuln: javascript-cross-site-scripting
}

export const element = () =>
  React.createElement('div', { dangerouslySetInnerHTML: { __html: window.location.hash.slice(1) } }); // vuln: javascript-cross-site-scripting

export function First() {
  const [params] = useSearchParams();
  const [text, setText] = useState(params.get('text'));
  return <p onClick={() => setText('')} dangerouslySetInnerHTML={{ __html: text }} />; // vuln: javascript-cross-site-scripting
}

export function Made() {
  const [params] = useSearchParams();
  const [text, setText] = React.useState(() => params.get('text'));
  return <p onClick={() => setText('')} dangerouslySetInnerHTML={{ __html: text }} />; // vuln: javascript-cross-site-scripting
}

export function Switched() {
  const [params] = useSearchParams();
  const [name, setName] = useState('');
  const [text, setText] = useState('<hr>');
  useEffect(() => setName(params.get('name')), [params]);
  return (
    <p title={name} onClick={() => setText('<br>')} dangerouslySetInnerHTML={{ __html: text }} /> // safe: javascript-cross-site-scripting
  );
}
