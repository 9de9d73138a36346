// The documentation's samples as the messages that an SDK makes of them, and two that are worth a look.

export const DRAFT = 'mock-custify.draft';

const ALEX = { name: 'Alex Keener', email: 'alex@example.com', country: 'USA' };

export const SAMPLES = [
  { name: 'Identify', message: { type: 'identify', userId: '1hKOmRA4GRlm', context: { traits: ALEX } } },
  {
    name: 'Group',
    message: {
      type: 'group', userId: '1hKOmRA4GRlm', groupId: 'group01', traits: { name: 'Tech Group', size: 150, plan: 'Pro', region: 'EMEA' },
      context: { traits: { name: 'Alex Keener', email: 'alex@example.com' } },
    },
  },
  {
    name: 'Track',
    message: {
      type: 'track', userId: '1hKOmRA4GRlm', event: 'Order Completed', timestamp: '2026-01-31T12:00:00.000Z',
      properties: { category: 'category', label: 'label', value: 120 },
    },
  },
  {
    name: 'Remove from a company',
    message: { type: 'identify', userId: '1hKOmRA4GRlm', context: { traits: { ...ALEX, company: { id: 'group01', remove: true } } } },
  },
  {
    name: 'Group without ids',
    message: { type: 'group', traits: { name: 'Nameless Inc' }, context: { traits: { email: 'new@example.com' } }, anonymousId: 'anonymous-1' },
  },
  { name: 'Refused', message: { type: 'identify', anonymousId: 'anonymous-1', traits: { name: 'Nobody' } } },
];
