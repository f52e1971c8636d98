import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { learn, loaded, reference } from '../run/examples.ts';

describe('automatic', () => {
  it('takes the simplest that is within one standard error of the best, and says by how much', async () => {
    const { report } = await learn(await reference('breast-cancer'));
    expect(report.trainer.name).toBe('logistic-regression');
    expect(report.why).toMatch(/^Logistic regression: 9\d\.\d % right in cross-validation[,;]/);
  });

  it('takes what is not simple where it is worth it', async () => {
    // A ring around a disc: no line tells them apart.
    const rows = Array.from({ length: 300 }, (_, row) => {
      const [angle, radius] = [row * 2.4, (row % 2) + 0.3 + ((row * 37) % 100) / 250];
      return { values: [radius * Math.cos(angle), radius * Math.sin(angle)], label: row % 2 === 0 ? 'disc' : 'ring' };
    });
    const { report } = await learn(loaded(rows));
    expect(report.trainer.name).not.toBe('logistic-regression');
    expect(report.why).toMatch(/points better than logistic regression|may be chance/);
    expect(report.evaluation.classification?.accuracy.value).toBeGreaterThan(0.9);
  });

  it('decides by counted work: how quick the machine is changes nothing', async () => {
    const examples = await reference('wine');
    const slow = { ...systemClock, monotonic: () => systemClock.monotonic() * 3 };
    const [one, other] = [await learn(examples), await learn(examples, {}, { clock: slow })];
    expect(other.pkg.digest).toBe(one.pkg.digest);
  });

  it('says so where the time was over all the same', async () => {
    let now = 0;
    // Every look at the clock takes a second and a half.
    const clock = { ...systemClock, monotonic: () => (now += 1500) };
    const { report } = await learn(await reference('digits'), { seconds: 150 }, { clock });
    expect(report.tried.some(({ problem }) => problem !== undefined)).toBe(true);
    expect(report.why).toMatch(/the time allowed was over before everything was tried\.$/);
  });
});
