// Sarama against a broker: topics, records in a group, transactions, groups, deletion.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/IBM/sarama"
)

const (
	topic  = "sarama"
	copies = "sarama-copies"
	group  = "sarama-readers"
	count  = 1000
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func produce(client sarama.Client) {
	producer, err := sarama.NewSyncProducerFromClient(client)
	must(err)
	messages := make([]*sarama.ProducerMessage, count)
	for i := range messages {
		messages[i] = &sarama.ProducerMessage{Topic: topic, Value: sarama.StringEncoder(fmt.Sprint(i))}
	}
	must(producer.SendMessages(messages))
	must(producer.Close())
}

// reader ends its session once it has seen every record.
type reader struct {
	seen chan string
}

func (reader) Setup(sarama.ConsumerGroupSession) error   { return nil }
func (reader) Cleanup(sarama.ConsumerGroupSession) error { return nil }
func (r reader) ConsumeClaim(session sarama.ConsumerGroupSession, claim sarama.ConsumerGroupClaim) error {
	for {
		select {
		case message, open := <-claim.Messages():
			if !open {
				return nil
			}
			session.MarkMessage(message, "")
			r.seen <- string(message.Value)
		case <-session.Context().Done():
			return nil
		}
	}
}

func consume(client sarama.Client) {
	members, err := sarama.NewConsumerGroupFromClient(group, client)
	must(err)
	ctx, cancel := context.WithCancel(context.Background())
	r := reader{make(chan string, count)}
	ended := make(chan error)
	go func() { ended <- members.Consume(ctx, []string{topic}, r) }()
	seen := map[string]bool{}
	for len(seen) < count {
		seen[<-r.seen] = true
	}
	cancel()
	must(<-ended)
	must(members.Close())
}

// transact writes five transactions, of which two are aborted, and reads what is committed.
func transact(config sarama.Config) {
	config.Producer.Transaction.ID = copies
	config.Consumer.IsolationLevel = sarama.ReadCommitted
	addresses := []string{os.Args[1]}
	producer, err := sarama.NewSyncProducer(addresses, &config)
	must(err)
	for round := 0; round < 5; round++ {
		must(producer.BeginTxn())
		_, _, err := producer.SendMessage(&sarama.ProducerMessage{Topic: copies, Value: sarama.StringEncoder(fmt.Sprint(round))})
		must(err)
		offset := &sarama.PartitionOffsetMetadata{Partition: 0, Offset: int64(round + 1)}
		must(producer.AddOffsetsToTxn(map[string][]*sarama.PartitionOffsetMetadata{copies: {offset}}, copies))
		if round%2 == 0 {
			must(producer.CommitTxn())
		} else {
			must(producer.AbortTxn())
		}
	}
	must(producer.Close())
	consumer, err := sarama.NewConsumer(addresses, &config)
	must(err)
	partition, err := consumer.ConsumePartition(copies, 0, sarama.OffsetOldest)
	must(err)
	for _, want := range []string{"0", "2", "4"} {
		if message := <-partition.Messages(); string(message.Value) != want {
			log.Fatalf("%s came, where %s was committed", message.Value, want)
		}
	}
	must(partition.Close())
	must(consumer.Close())
}

func main() {
	config := sarama.NewConfig()
	config.Version = sarama.MaxVersion
	config.Producer.Return.Successes = true
	config.Producer.RequiredAcks = sarama.WaitForAll
	config.Producer.Idempotent = true
	config.Net.MaxOpenRequests = 1
	config.Consumer.Offsets.Initial = sarama.OffsetOldest
	connect := func() sarama.Client {
		client, err := sarama.NewClient([]string{os.Args[1]}, config)
		must(err)
		return client
	}
	admin, err := sarama.NewClusterAdminFromClient(connect())
	must(err)
	must(admin.CreateTopic(topic, &sarama.TopicDetail{NumPartitions: 3, ReplicationFactor: 1}, false))
	produce(connect())
	consume(connect())
	must(admin.CreateTopic(copies, &sarama.TopicDetail{NumPartitions: 1, ReplicationFactor: 1}, false))
	transact(*config)
	must(admin.DeleteTopic(copies))
	groups, err := admin.ListConsumerGroups()
	must(err)
	if _, there := groups[group]; !there {
		log.Fatalf("group %s is not among %v", group, groups)
	}
	offsets, err := admin.ListConsumerGroupOffsets(group, map[string][]int32{topic: {0, 1, 2}})
	must(err)
	sum := int64(0)
	for _, block := range offsets.Blocks[topic] {
		if block.Offset > 0 {
			sum += block.Offset
		}
	}
	if sum != count {
		log.Fatalf("%d records are committed, %d were read", sum, count)
	}
	must(admin.DeleteConsumerGroup(group))
	must(admin.DeleteTopic(topic))
	must(admin.Close())
}
