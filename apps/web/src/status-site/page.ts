/** The script of the public pages. They work without it; with it the bars of the days are walked by key and pointer. */

function enhance(bars: HTMLElement): void {
  const count = Number(bars.dataset.count);
  const { from, good, none } = bars.dataset;
  const legend = bars.nextElementSibling;
  if (!(count > 0) || from === undefined || legend === null) return;
  const special = JSON.parse(bars.dataset.days ?? '{}') as Record<string, string>;
  const dates = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' });
  const mark = document.createElement('span');
  mark.className = 'day-mark';
  mark.style.width = `calc(${100 / count}% + 2px)`;
  const usual = [...legend.childNodes];
  const told = document.createElement('span');
  told.className = 'truncate text-muted';
  told.ariaHidden = 'true';
  let index = count - 1;

  const words = (i: number) => {
    const what = special[i] === '-' ? none : (special[i] ?? good);
    return `${dates.format(Date.parse(from) + i * 86_400_000)}: ${what}`;
  };
  const say = () => {
    bars.ariaValueNow = String(index + 1);
    bars.ariaValueText = words(index);
    mark.style.left = `calc(${(index / count) * 100}% - 2px)`;
    told.textContent = words(index);
  };
  const show = () => {
    say();
    if (!mark.isConnected) bars.append(mark);
    legend.replaceChildren(told);
  };
  const hide = () => {
    mark.remove();
    legend.replaceChildren(...usual);
  };
  const move = (to: number) => {
    index = Math.min(Math.max(to, 0), count - 1);
    show();
  };

  bars.role = 'slider';
  bars.tabIndex = 0;
  bars.ariaValueMin = '1';
  bars.ariaValueMax = String(count);
  say();
  bars.addEventListener('focus', show);
  bars.addEventListener('blur', hide);
  bars.addEventListener('keydown', (event) => {
    const steps: Record<string, number> = {
      ArrowLeft: index - 1,
      ArrowDown: index - 1,
      ArrowRight: index + 1,
      ArrowUp: index + 1,
      PageDown: index - 7,
      PageUp: index + 7,
      Home: 0,
      End: count - 1,
    };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    move(to);
  });
  bars.addEventListener('pointermove', (event) => {
    const box = bars.getBoundingClientRect();
    move(Math.floor(((event.clientX - box.left) / box.width) * count));
  });
  bars.addEventListener('pointerleave', () => {
    if (document.activeElement !== bars) hide();
  });
}

for (const bars of document.querySelectorAll<HTMLElement>('.day-bars [data-days]')) enhance(bars);
