import type { ElementHandle, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const MOST_STEPS = 50;

/** What somebody without a pointer goes to in order to have done what a click on this element does. */
async function controlOf(locator: Locator): Promise<ElementHandle<HTMLElement>> {
  const handle = await locator.evaluateHandle((element) => {
    const inside = element.closest(
      'a[href], button, summary, input, select, textarea, [role="menuitem"], [role="menuitemradio"], [tabindex="0"]',
    );
    return inside ?? element.closest('label')?.control ?? element;
  });
  return handle.asElement() as ElementHandle<HTMLElement>;
}

/** Options are not gone to: the focus stays in their field, and the arrows move what is chosen. */
async function choose(page: Page, option: Locator): Promise<void> {
  for (let steps = 0; steps < MOST_STEPS; steps += 1) {
    if ((await option.getAttribute('aria-selected')) === 'true') return page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${option} is not reached by the arrow keys`);
}

/** @throws Error when it cannot be reached or pressed without a pointer. */
async function press(locator: Locator, modifiers: readonly string[]): Promise<void> {
  await locator.waitFor();
  const page = locator.page();
  if ((await locator.getAttribute('role')) === 'option') return choose(page, locator);
  const control = await controlOf(locator);
  await expect
    .poll(() => control.evaluate((element) => element.matches(':disabled, [aria-disabled="true"]')), { timeout: 60_000 })
    .toBe(false);
  await control.focus();
  const reached = await control.evaluate((element) => {
    const inGroup = ['menuitem', 'menuitemradio', 'tab', 'radio'].includes(element.getAttribute('role') ?? '');
    return document.activeElement === element && (element.tabIndex >= 0 || inGroup);
  });
  if (!reached) throw new Error(`${locator} is not reached by keyboard`);
  const isTicked = await control.evaluate((element) =>
    element.matches('input[type="checkbox"], input[type="radio"], [role="checkbox"], [role="radio"], [role="switch"]'),
  );
  await control.press([...modifiers, isTicked ? 'Space' : 'Enter'].join('+'));
}

/** From now on every click and tick of this process' tests is done by keyboard alone. */
export function withoutPointer(page: Page): Page {
  const locator = Object.getPrototypeOf(page.locator(':root')) as Locator;
  locator.click = async function (this: Locator, options) {
    await press(this, options?.modifiers ?? []);
  };
  locator.check = async function (this: Locator) {
    if (!(await this.isChecked())) await press(this, []);
    expect(await this.isChecked()).toBe(true);
  };
  return page;
}
