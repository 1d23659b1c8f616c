//! rdkafka (Rust) against a broker: topics, records in a group, groups, deletion.
use std::collections::HashSet;
use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::client::DefaultClientContext;
use rdkafka::consumer::{CommitMode, Consumer, StreamConsumer};
use rdkafka::producer::{FutureProducer, FutureRecord};
use rdkafka::{ClientConfig, Message};

const TOPIC: &str = "rdkafka";
const GROUP: &str = "rdkafka-readers";
const COUNT: usize = 1000;
const PATIENCE: Duration = Duration::from_secs(30);

fn config(address: &str) -> ClientConfig {
    let mut config = ClientConfig::new();
    config.set("bootstrap.servers", address);
    config
}

async fn produce(address: &str) {
    let producer: FutureProducer = config(address).set("enable.idempotence", "true").create().unwrap();
    let values: Vec<String> = (0..COUNT).map(|number| number.to_string()).collect();
    let sent: Vec<_> = values
        .iter()
        .map(|value| producer.send(FutureRecord::<(), _>::to(TOPIC).payload(value), PATIENCE))
        .collect();
    for delivery in sent {
        delivery.await.unwrap();
    }
}

async fn consume(address: &str) {
    let consumer: StreamConsumer = config(address)
        .set("group.id", GROUP)
        .set("auto.offset.reset", "earliest")
        .set("enable.auto.commit", "false")
        .create()
        .unwrap();
    consumer.subscribe(&["^rdkaf.*"]).unwrap();
    let mut seen = HashSet::new();
    while seen.len() < COUNT {
        let message = consumer.recv().await.unwrap();
        seen.insert(message.payload().unwrap().to_vec());
    }
    consumer.commit_consumer_state(CommitMode::Sync).unwrap();
    let groups = consumer.fetch_group_list(Some(GROUP), PATIENCE).unwrap();
    assert_eq!(groups.groups().len(), 1);
}

#[tokio::main]
async fn main() {
    let address = std::env::args().nth(1).expect("an address");
    let admin: AdminClient<DefaultClientContext> = config(&address).create().unwrap();
    let options = AdminOptions::new();
    let made = admin.create_topics(&[NewTopic::new(TOPIC, 3, TopicReplication::Fixed(1))], &options).await.unwrap();
    made[0].as_ref().unwrap();
    produce(&address).await;
    consume(&address).await;
    admin.delete_groups(&[GROUP], &options).await.unwrap()[0].as_ref().unwrap();
    admin.delete_topics(&[TOPIC], &options).await.unwrap()[0].as_ref().unwrap();
}
