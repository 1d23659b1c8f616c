// franz-go against a broker: topics, records in a group, groups, deletion.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"github.com/twmb/franz-go/pkg/kadm"
	"github.com/twmb/franz-go/pkg/kgo"
)

const (
	topic = "franz"
	group = "franz-readers"
	count = 1000
)

func must(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func client(options ...kgo.Opt) *kgo.Client {
	made, err := kgo.NewClient(append(options, kgo.SeedBrokers(os.Args[1]))...)
	must(err)
	return made
}

func consume(ctx context.Context) {
	reader := client(kgo.ConsumerGroup(group), kgo.ConsumeTopics(topic), kgo.DisableAutoCommit())
	defer reader.Close()
	seen := map[string]bool{}
	for len(seen) < count {
		fetches := reader.PollFetches(ctx)
		must(fetches.Err())
		fetches.EachRecord(func(record *kgo.Record) { seen[string(record.Value)] = true })
	}
	must(reader.CommitUncommittedOffsets(ctx))
}

func main() {
	ctx := context.Background()
	producer := client()
	admin := kadm.NewClient(producer)
	_, err := admin.CreateTopic(ctx, 3, 1, nil, topic)
	must(err)
	records := make([]*kgo.Record, count)
	for i := range records {
		records[i] = &kgo.Record{Topic: topic, Value: []byte(fmt.Sprint(i))}
	}
	must(producer.ProduceSync(ctx, records...).FirstErr())
	consume(ctx)
	groups, err := admin.ListGroups(ctx)
	must(err)
	if _, there := groups[group]; !there {
		log.Fatalf("group %s is not among %v", group, groups.Groups())
	}
	offsets, err := admin.FetchOffsets(ctx, group)
	must(err)
	sum := int64(0)
	offsets.Each(func(place kadm.OffsetResponse) { sum += place.At })
	if sum != count {
		log.Fatalf("%d records are committed, %d were read", sum, count)
	}
	_, err = admin.DeleteGroup(ctx, group)
	must(err)
	_, err = admin.DeleteTopic(ctx, topic)
	must(err)
	producer.Close()
}
