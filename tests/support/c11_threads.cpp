// C11's threads, spelled as POSIX threads. librdkafka is built on the former, which the thread sanitizer of GCC 12 does
// not see: its runtime crashed in the first thread that it had not been told of. A program's own function goes before
// the C library's, so with this file in it the sanitizer sees every thread, lock and wake-up of librdkafka. Linked only
// into builds with the thread sanitizer.

#include <cerrno>
#include <cstdint>
#include <memory>
#include <pthread.h>
#include <threads.h>

static_assert(sizeof(mtx_t) == sizeof(pthread_mutex_t) && sizeof(cnd_t) == sizeof(pthread_cond_t) &&
                  sizeof(once_flag) == sizeof(pthread_once_t) && sizeof(thrd_t) == sizeof(pthread_t),
              "the C library makes both kinds of the same memory");

namespace {

struct Start {
    thrd_start_t function;
    void* argument;
};

void* runThread(void* given) {
    const auto start = std::unique_ptr<Start>(static_cast<Start*>(given));
    return reinterpret_cast<void*>(static_cast<std::intptr_t>(start->function(start->argument)));
}

pthread_mutex_t* posix(mtx_t* mutex) {
    return reinterpret_cast<pthread_mutex_t*>(mutex);
}
pthread_cond_t* posix(cnd_t* condition) {
    return reinterpret_cast<pthread_cond_t*>(condition);
}

int resultOf(int problem) {
    switch (problem) {
    case 0:
        return thrd_success;
    case EBUSY:
        return thrd_busy;
    case ENOMEM:
        return thrd_nomem;
    case ETIMEDOUT:
        return thrd_timedout;
    default:
        return thrd_error;
    }
}

} // namespace

extern "C" {

int thrd_create(thrd_t* thread, thrd_start_t function, void* argument) {
    auto start = std::make_unique<Start>(Start{function, argument});
    const int problem = pthread_create(thread, nullptr, runThread, start.get());
    if (problem == 0) (void)start.release();
    return problem == EAGAIN ? thrd_nomem : resultOf(problem);
}

int thrd_join(thrd_t thread, int* result) {
    void* value = nullptr;
    const int problem = pthread_join(thread, &value);
    if (result) *result = static_cast<int>(reinterpret_cast<std::intptr_t>(value));
    return resultOf(problem);
}

int thrd_detach(thrd_t thread) {
    return resultOf(pthread_detach(thread));
}

int mtx_init(mtx_t* mutex, int type) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    if (type & mtx_recursive) pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
    const int problem = pthread_mutex_init(posix(mutex), &attributes);
    pthread_mutexattr_destroy(&attributes);
    return resultOf(problem);
}

int mtx_lock(mtx_t* mutex) {
    return resultOf(pthread_mutex_lock(posix(mutex)));
}
int mtx_trylock(mtx_t* mutex) {
    return resultOf(pthread_mutex_trylock(posix(mutex)));
}
int mtx_unlock(mtx_t* mutex) {
    return resultOf(pthread_mutex_unlock(posix(mutex)));
}
void mtx_destroy(mtx_t* mutex) {
    pthread_mutex_destroy(posix(mutex));
}

int cnd_init(cnd_t* condition) {
    return resultOf(pthread_cond_init(posix(condition), nullptr));
}
int cnd_signal(cnd_t* condition) {
    return resultOf(pthread_cond_signal(posix(condition)));
}
int cnd_broadcast(cnd_t* condition) {
    return resultOf(pthread_cond_broadcast(posix(condition)));
}
int cnd_wait(cnd_t* condition, mtx_t* mutex) {
    return resultOf(pthread_cond_wait(posix(condition), posix(mutex)));
}
int cnd_timedwait(cnd_t* __restrict condition, mtx_t* __restrict mutex, const struct timespec* __restrict until) {
    return resultOf(pthread_cond_timedwait(posix(condition), posix(mutex), until));
}
void cnd_destroy(cnd_t* condition) {
    pthread_cond_destroy(posix(condition));
}

void call_once(once_flag* flag, void (*function)()) {
    pthread_once(reinterpret_cast<pthread_once_t*>(flag), function);
}

} // extern "C"
