// franz-go against a broker: topics, records in a group, transactions, groups, deletion.
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
	topic  = "franz"
	copies = "franz-copies"
	group  = "franz-readers"
	count  = 1000
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

// transact reads all records, copies them in transactions of which every second is aborted, and counts the copies.
func transact(ctx context.Context, admin *kadm.Client) {
	_, err := admin.CreateTopic(ctx, 1, 1, nil, copies)
	must(err)
	session, err := kgo.NewGroupTransactSession(kgo.SeedBrokers(os.Args[1]), kgo.TransactionalID(copies),
		kgo.ConsumerGroup(copies), kgo.ConsumeTopics(topic), kgo.FetchIsolationLevel(kgo.ReadCommitted()),
		kgo.RequireStableFetchOffsets())
	must(err)
	copied := 0
	for round := 0; copied < count; round++ {
		fetches := session.PollRecords(ctx, 100)
		must(fetches.Err())
		must(session.Begin())
		fetches.EachRecord(func(record *kgo.Record) {
			session.Produce(ctx, &kgo.Record{Topic: copies, Value: record.Value}, nil)
		})
		commit := kgo.TransactionEndTry(round%2 == 1)
		committed, err := session.End(ctx, commit)
		must(err)
		if committed {
			copied += fetches.NumRecords()
		}
	}
	session.Close()
	reader := client(kgo.ConsumeTopics(copies), kgo.FetchIsolationLevel(kgo.ReadCommitted()))
	defer reader.Close()
	seen := map[string]int{}
	for total := 0; total < count; {
		fetches := reader.PollFetches(ctx)
		must(fetches.Err())
		total += fetches.NumRecords()
		fetches.EachRecord(func(record *kgo.Record) { seen[string(record.Value)]++ })
	}
	if len(seen) != count {
		log.Fatalf("%d different copies of %d records", len(seen), count)
	}
	_, err = admin.DeleteTopic(ctx, copies)
	must(err)
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
	transact(ctx, admin)
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
