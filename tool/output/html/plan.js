'use strict';
(() => {
  const heads = [...document.querySelectorAll('h2')];
  const sets = [...document.querySelectorAll('details.set')];
  const help = document.getElementById('help');
  let current = -1;

  function select(index) {
    if (index < 0 || index >= heads.length)
      return;
    if (current >= 0)
      heads[current].classList.remove('current');
    current = index;
    heads[current].classList.add('current');
    heads[current].focus({preventScroll: true});
    heads[current].scrollIntoView({block: 'start'});
  }

  // Opens all fix sets, or closes them if all are open.
  function toggle() {
    const open = sets.some(s => !s.open);
    for (const s of sets)
      s.open = open;
  }

  const keys = {
    j: () => select(current + 1),
    k: () => select(current - 1),
    o: toggle,
    '?': () => help.showModal(),
  };
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open ||
        event.target.matches('input, select, textarea'))
      return;
    const act = keys[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  document.getElementById('keys').addEventListener('click', () => help.showModal());

  // Paper cannot be opened: it gets everything.
  let closed = [];
  window.addEventListener('beforeprint', () => {
    closed = sets.filter(s => !s.open);
    for (const s of closed)
      s.open = true;
  });
  window.addEventListener('afterprint', () => {
    for (const s of closed)
      s.open = false;
    closed = [];
  });
})();
