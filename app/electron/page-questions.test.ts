import { expect, it } from 'vitest';
import type { ShellRequest } from '../../shared/ipc/shell-schemas';
import { PageQuestions } from './page-questions';

function joined(patience = 40) {
  const questions = new PageQuestions(patience);
  const sent: ShellRequest[] = [];
  const leave = questions.open((request) => sent.push(request));
  const numberOf = (index: number) => {
    const request = sent[index];
    return request && 'number' in request ? request.number : -1;
  };
  return { questions, sent, leave, numberOf };
}

it('asks the page and gives its answer', async () => {
  const { questions, sent, numberOf } = joined();
  const [first, second] = [questions.ask('mayClose'), questions.ask('closing')];
  expect(sent.map(({ kind }) => kind)).toEqual(['mayClose', 'closing']);
  questions.answer(numberOf(1), 'yes');
  questions.answer(numberOf(0), 'no');
  expect(await Promise.all([first, second])).toEqual(['no', 'yes']);
});

it('waits for the user as long as it takes, but not for a page that gives no sign', async () => {
  const { questions, numberOf } = joined(20);
  const asked = questions.ask('mayClose');
  questions.answer(numberOf(0), 'asking');
  expect(await questions.ask('mayClose')).toBe('silent');
  questions.answer(numberOf(0), 'yes');
  expect(await asked).toBe('yes');
});

it('waits for no page that is not there, or goes meanwhile', async () => {
  expect(await new PageQuestions(60_000).ask('mayClose')).toBe('silent');
  const { questions, leave, numberOf } = joined(60_000);
  const asked = questions.ask('mayClose');
  questions.answer(numberOf(0), 'asking');
  leave();
  expect(await asked).toBe('silent');
});

it('takes no answer to what was not asked, or of a page that was replaced', async () => {
  const { questions, leave } = joined();
  questions.answer(99, 'yes');
  const sent: ShellRequest[] = [];
  questions.open((request) => sent.push(request));
  leave();
  const asked = questions.ask('closing');
  expect(sent).toHaveLength(1);
  questions.answer(1, 'yes');
  expect(await asked).toBe('yes');
});
