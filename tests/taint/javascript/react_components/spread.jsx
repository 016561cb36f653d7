// Properties that are spread: under their own names, without those that were taken out, and overwritten by those behind them.
import { useLocation } from 'react-router-dom';

function Link({ text, ...rest }) {
  return <a {...rest}>{text}</a>; // safe: javascript-script-address
}

function Anchor({ text, ...rest }) {
  return <a {...rest}>{text}</a>; // vuln: javascript-script-address
}

export function Page() {
  const { search } = useLocation();
  return (
    <>
      <Link text={search} title={search} />
      <Anchor text="next" href={search} />
    </>
  );
}

export function Known() {
  const { search } = useLocation();
  const all = { href: search, title: 'next' };
  const titled = { href: '/next', title: search };
  return (
    <>
      <a {...all}>next</a> // vuln: javascript-script-address
      <a {...titled}>next</a> // safe: javascript-script-address
      <a {...all} href="/next">next</a> // safe: javascript-script-address
    </>
  );
}
