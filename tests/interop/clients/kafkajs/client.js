// kafkajs against a broker: topics, records in a group, transactions, groups, deletion.
const assert = require('assert');
const { Kafka, logLevel } = require('kafkajs');

const topic = 'kafkajs';
const group = 'kafkajs-readers';
const copies = 'kafkajs-copies';
const count = 1000;
const kafka = new Kafka({ clientId: 'kafkajs', brokers: [process.argv[2]], logLevel: logLevel.ERROR });

async function produce() {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  for (let first = 0; first < count; first += 100) {
    const messages = Array.from({ length: 100 }, (_, i) => ({ key: `${i % 7}`, value: `${first + i}` }));
    await producer.send({ topic, messages, acks: -1 });
  }
  await producer.disconnect();
}

async function consume() {
  const consumer = kafka.consumer({ groupId: group });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  const seen = new Set();
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.run({
      eachMessage: async ({ message }) => {
        seen.add(Number(message.value));
        if (seen.size === count) resolve();
      },
    }).catch(reject);
  });
  await consumer.disconnect();
}

/// Five transactions, two of which are aborted, with an offset each.
async function transact() {
  const producer = kafka.producer({ transactionalId: 'kafkajs', maxInFlightRequests: 1, idempotent: true });
  await producer.connect();
  for (let round = 0; round < 5; round++) {
    const transaction = await producer.transaction();
    await transaction.send({ topic: copies, messages: [{ value: `${round}` }], acks: -1 });
    const topics = [{ topic: copies, partitions: [{ partition: 0, offset: `${round + 1}` }] }];
    await transaction.sendOffsets({ consumerGroupId: copies, topics });
    await (round % 2 === 0 ? transaction.commit() : transaction.abort());
  }
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: 'kafkajs-checker', readUncommitted: false });
  await consumer.connect();
  await consumer.subscribe({ topic: copies, fromBeginning: true });
  const seen = [];
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, ({ payload }) => reject(payload.error));
    consumer.run({
      eachMessage: async ({ message }) => {
        seen.push(`${message.value}`);
        if (seen.length === 3) resolve();
      },
    }).catch(reject);
  });
  await consumer.disconnect();
  assert.deepStrictEqual(seen, ['0', '2', '4']);
}

async function main() {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic, numPartitions: 3 }], waitForLeaders: true });
  assert((await admin.listTopics()).includes(topic));
  await produce();
  await consume();
  await admin.createTopics({ topics: [{ topic: copies, numPartitions: 1 }], waitForLeaders: true });
  await transact();
  const [copied] = await admin.fetchOffsets({ groupId: copies, topics: [copies] });
  assert.strictEqual(copied.partitions[0].offset, '5');
  await admin.deleteTopics({ topics: [copies] });
  const listed = (await admin.listGroups()).groups.map((entry) => entry.groupId);
  assert(listed.includes(group), listed);
  const [committed] = await admin.fetchOffsets({ groupId: group, topics: [topic] });
  assert.strictEqual(committed.partitions.reduce((sum, place) => sum + Number(place.offset), 0), count);
  await admin.deleteGroups([group]);
  await admin.deleteTopics({ topics: [topic] });
  assert(!(await admin.listTopics()).includes(topic));
  await admin.disconnect();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
