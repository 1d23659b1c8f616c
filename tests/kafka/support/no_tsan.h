#pragma once

/// librdkafka starts its threads by C11's thrd_create, which the thread sanitizer of GCC 12 does not see: its runtime
/// crashes in the first of them, with or without code of ours. First line of a test that uses the client.
#ifdef __SANITIZE_THREAD__
#define MILLRACE_SKIP_KAFKA_UNDER_TSAN() QSKIP("librdkafka's threads cannot run under this thread sanitizer")
#else
#define MILLRACE_SKIP_KAFKA_UNDER_TSAN() (void)0
#endif
