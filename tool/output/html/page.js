'use strict';
(() => {
  const found = [...document.querySelectorAll('details.found')];
  const by = name => document.getElementById('by-' + name);
  const count = document.getElementById('count');
  const help = document.getElementById('help');
  let current = -1;

  const shown = () => found.filter(f => !f.hidden);

  function filter() {
    const check = by('check').value, file = by('file').value;
    const text = by('text').value.toLowerCase();
    for (const f of found)
      f.hidden = (check && f.dataset.check !== check) ||
          (file && f.dataset.file !== file) ||
          (text && !f.textContent.toLowerCase().includes(text));
    const n = shown().length;
    count.textContent = n === found.length
        ? n + (n === 1 ? ' finding' : ' findings')
        : n + ' of ' + found.length + ' findings';
    if (current >= 0 && found[current].hidden)
      select(-1);
  }

  function select(index) {
    if (current >= 0)
      found[current].classList.remove('current');
    current = index;
    if (index < 0)
      return;
    const f = found[index];
    f.classList.add('current');
    f.querySelector('summary').focus({preventScroll: true});
    f.scrollIntoView({block: 'start'});
  }

  // The next shown finding in a direction; the first one if none is selected.
  function move(step) {
    for (let i = current < 0 ? (step > 0 ? 0 : found.length - 1) : current + step;
         i >= 0 && i < found.length; i += step)
      if (!found[i].hidden)
        return select(i);
  }

  function clear() {
    for (const name of ['check', 'file', 'text'])
      by(name).value = '';
    filter();
  }

  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => { if (current >= 0) found[current].open = !found[current].open; },
    '/': () => by('text').focus(),
    '?': () => help.showModal(),
    c: () => {
      const command = current >= 0 && found[current].querySelector('.fix pre');
      if (command && navigator.clipboard)
        navigator.clipboard.writeText(command.textContent).catch(() => {});
    },
  };

  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open)
      return;
    if (event.key === 'Escape') {
      clear();
      document.activeElement.blur();
      return;
    }
    if (/^(INPUT|SELECT)$/.test(event.target.tagName) || !keys[event.key])
      return;
    event.preventDefault();
    keys[event.key]();
  });
  for (const name of ['check', 'file'])
    by(name).addEventListener('change', filter);
  by('text').addEventListener('input', filter);
  document.getElementById('controls').addEventListener('submit', e => e.preventDefault());
  document.getElementById('keys').addEventListener('click', () => help.showModal());
  for (const f of found)
    f.querySelector('summary').addEventListener('focus', () => {
      if (found[current] !== f)
        select(found.indexOf(f));
    });
  // What is closed on the screen is still part of the print.
  let closed = [];
  addEventListener('beforeprint', () => {
    closed = found.filter(f => !f.open);
    for (const f of closed)
      f.open = true;
  });
  addEventListener('afterprint', () => {
    for (const f of closed)
      f.open = false;
  });
  const target = found.findIndex(f => '#' + f.id === location.hash);
  if (target >= 0)
    select(target);
})();
