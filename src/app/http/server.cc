// One thread waits for all connections and reads whole requests; a few threads answer them. So neither an idle
// connection nor one that drips its request holds a thread.
#include "app/http/server.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <condition_variable>
#include <ctime>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

#include "app/http/connection.h"
#include "app/http/reply.h"
#include "core/base/check.h"

namespace scrutineer::http {

namespace {

constexpr std::size_t kConnections = 4'096;  // at once; then the one that has been idle longest goes
constexpr std::size_t kReadBytes = 64u << 10;
constexpr std::size_t kFileChunkBytes = 256u << 10;
constexpr int kTickMs = 250;                              // how often deadlines are looked at
constexpr std::chrono::seconds kWriteTime{30};            // for an answer, and
constexpr std::uint64_t kSlowestBytesPerSecond = 32'768;  // the time that its bytes take at this rate

using ConnectionPtr = std::unique_ptr<Connection>;

Deadline write_deadline(std::uint64_t bytes) {
  return std::chrono::steady_clock::now() + kWriteTime +
         std::chrono::seconds(static_cast<std::int64_t>(bytes / kSlowestBytesPerSecond));
}

bool send_file(const Descriptor& socket, const Reply& reply, Deadline deadline) {
  Bytes chunk(std::min<std::uint64_t>(reply.length, kFileChunkBytes), '\0');
  for (std::uint64_t sent = 0; sent < reply.length;) {
    const std::size_t wanted = std::min<std::uint64_t>(reply.length - sent, chunk.size());
    const std::int64_t got = read_at(reply.file->descriptor, reply.offset + sent, chunk.data(), wanted);
    // A file that has become shorter: the connection ends short of its length, which says so.
    if (got <= 0 || !send_all(socket, BytesView(chunk.data(), static_cast<std::size_t>(got)), deadline)) return false;
    sent += static_cast<std::uint64_t>(got);
  }
  return true;
}

bool send_reply(const Descriptor& socket, Reply& reply) {
  const Deadline deadline = write_deadline(reply.length);
  if (reply.file) return send_all(socket, reply.head, deadline) && send_file(socket, reply, deadline);
  reply.head += reply.body;
  return send_all(socket, reply.head, deadline);
}

class EpollServer final : public Server {
 public:
  EpollServer(const ServerOptions& options, Handler handler, Descriptor listener, std::uint16_t port)
      : options_(options),
        handler_(std::move(handler)),
        listener_(std::move(listener)),
        port_(port),
        epoll_(epoll_create1(EPOLL_CLOEXEC)),
        wake_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)) {
    check(epoll_.open() && wake_.open(), "the system gives no epoll");
    watch(EPOLL_CTL_ADD, listener_.get(), EPOLLIN);
    watch(EPOLL_CTL_ADD, wake_.get(), EPOLLIN);
    loop_ = std::thread([this] { run(); });
    for (std::size_t i = 0; i < options_.threads; ++i) workers_.emplace_back([this] { work(); });
  }
  ~EpollServer() override { stop(); }
  std::uint16_t port() const override { return port_; }

  void stop() override {
    if (!loop_.joinable()) return;
    stopping_ = true;
    wake();
    loop_.join();
    {
      const std::lock_guard lock(mutex_);
      queue_closed_ = true;
    }
    work_there_.notify_all();
    for (std::thread& worker : workers_) worker.join();
    returned_.clear();
  }

 private:
  // --- the thread that waits ---

  void run() {
    std::array<epoll_event, 256> events;
    auto next_tick = std::chrono::steady_clock::now();
    while (!stopping_) {
      const int ready = epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), kTickMs);
      for (int i = 0; i < ready; ++i) {
        const int fd = events[static_cast<std::size_t>(i)].data.fd;
        if (fd == listener_.get()) {
          accept_all();
        } else if (fd == wake_.get()) {
          take_back();
        } else {
          readable(fd);
        }
      }
      const auto now = std::chrono::steady_clock::now();
      if (now < next_tick) continue;
      next_tick = now + std::chrono::milliseconds(kTickMs);
      close_late(now);
    }
    listener_ = Descriptor();
    connections_.clear();
  }

  void watch(int operation, int fd, std::uint32_t events) {
    epoll_event event{};
    event.events = events;
    event.data.fd = fd;
    epoll_ctl(epoll_.get(), operation, fd, &event);
  }

  void accept_all() {
    for (std::string peer;;) {
      Descriptor socket = accept_one(listener_, peer);
      // Out of descriptors: one that does nothing is given up, so that the next attempt gets further.
      if (!socket.open() && (errno == EMFILE || errno == ENFILE)) close_longest_idle();
      if (!socket.open()) break;
      if (open_ >= kConnections && !close_longest_idle()) continue;  // and this one goes
      const int fd = socket.get();
      ++open_;
      connections_.emplace(fd, std::make_unique<Connection>(std::move(socket), peer));
      watch(EPOLL_CTL_ADD, fd, EPOLLIN | EPOLLONESHOT);
    }
  }

  bool close_longest_idle() {
    auto longest = connections_.end();
    for (auto it = connections_.begin(); it != connections_.end(); ++it) {
      if (!it->second->idle() && !it->second->draining()) continue;
      if (longest == connections_.end() || it->second->deadline() < longest->second->deadline()) longest = it;
    }
    if (longest == connections_.end()) return false;
    drop(longest->first);
    return true;
  }

  void drop(int fd) {
    const auto found = connections_.find(fd);
    promised_ -= found->second->promised();
    connections_.erase(found);
    --open_;
  }

  void readable(int fd) {
    const auto found = connections_.find(fd);
    if (found == connections_.end()) return;
    std::size_t size = 0;
    switch (receive_now(found->second->socket(), buffer_.data(), buffer_.size(), size)) {
      case Got::bytes:
        return proceed(fd, found->second->received(BytesView(buffer_.data(), size), options_, promised_));
      case Got::nothing_yet: return proceed(fd, Connection::Next::read_more);
      case Got::end: return proceed(fd, found->second->ended(options_, promised_));
      case Got::failed: return drop(fd);
    }
  }

  void proceed(int fd, Connection::Next next) {
    switch (next) {
      case Connection::Next::read_more: return watch(EPOLL_CTL_MOD, fd, EPOLLIN | EPOLLONESHOT);
      case Connection::Next::close: return drop(fd);
      case Connection::Next::answer:
      case Connection::Next::refuse: return hand_over(fd);
    }
  }

  // At most one entry a connection: the queue needs no limit of its own.
  void hand_over(int fd) {
    auto node = connections_.extract(fd);
    {
      const std::lock_guard lock(mutex_);
      queue_.push_back(std::move(node.mapped()));
    }
    work_there_.notify_one();
  }

  // Connections that have been answered, and those that are gone (nullptr).
  void take_back() {
    std::uint64_t count = 0;
    [[maybe_unused]] const ssize_t n = read(wake_.get(), &count, sizeof count);
    std::vector<Returned> back;
    {
      const std::lock_guard lock(mutex_);
      back.swap(returned_);
    }
    for (Returned& one : back) {
      promised_ -= one.promised;
      if (!one.connection) {
        --open_;
        continue;
      }
      const int fd = one.connection->socket().get();
      Connection& connection = *connections_.emplace(fd, std::move(one.connection)).first->second;
      proceed(fd, connection.advance(options_, promised_));  // the next request may be here already
    }
  }

  void close_late(Deadline now) {
    std::vector<int> late;
    for (const auto& [fd, connection] : connections_)
      if (connection->deadline() <= now) late.push_back(fd);
    for (const int fd : late) proceed(fd, connections_.at(fd)->too_late());
  }

  void wake() {
    const std::uint64_t one = 1;
    [[maybe_unused]] const ssize_t n = write(wake_.get(), &one, sizeof one);
  }

  // --- the threads that answer ---

  void work() {
    while (true) {
      ConnectionPtr connection;
      {
        std::unique_lock lock(mutex_);
        work_there_.wait(lock, [&] { return !queue_.empty() || queue_closed_; });
        if (queue_.empty()) return;
        connection = std::move(queue_.front());
        queue_.pop_front();
      }
      const std::size_t promised = connection->promised();
      answer(connection);
      {
        const std::lock_guard lock(mutex_);
        returned_.push_back({std::move(connection), promised});
      }
      wake();
    }
  }

  // Afterwards the connection is ready for more, or gone.
  void answer(ConnectionPtr& connection) {
    bool refused = false;
    Reply reply = reply_to(*connection, refused);
    if (!send_reply(connection->socket(), reply)) return connection.reset();
    if (reply.keep_alive) return connection->answered();
    if (!refused) return connection.reset();
    connection->start_drain();
  }

  Reply reply_to(Connection& connection, bool& refused) {
    const std::string date = http_date(static_cast<std::int64_t>(std::time(nullptr)));
    const bool keep_alive = connection.keep_alive() && !stopping_;
    refused = connection.is_refused();
    if (refused) {
      const Request request = connection.outline();
      return make_reply(request, refusal(connection.refused().status, request.path, connection.refused().sentence),
                        false, date);
    }
    const Request request = connection.take_request(options_);
    return make_reply(request, handler_(request), keep_alive, date);
  }

  struct Returned {
    ConnectionPtr connection;  // nullptr: gone
    std::size_t promised;
  };

  const ServerOptions options_;
  const Handler handler_;
  Descriptor listener_;
  const std::uint16_t port_;
  Descriptor epoll_, wake_;
  std::atomic<bool> stopping_ = false;

  // Of the thread that waits.
  std::unordered_map<int, ConnectionPtr> connections_;  // but for those that are being answered
  std::size_t open_ = 0;                                // with those
  std::size_t promised_ = 0;                            // of kBodiesBytes
  std::array<char, kReadBytes> buffer_;

  std::mutex mutex_;
  std::condition_variable work_there_;
  std::deque<ConnectionPtr> queue_;
  std::vector<Returned> returned_;
  bool queue_closed_ = false;

  std::thread loop_;
  std::vector<std::thread> workers_;
};

}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler) {
  check(options.threads > 0, "a server without threads answers nobody");
  const int tried = options.try_next_ports && options.port != 0 ? kPortsTried : 0;
  for (int wanted = options.port; wanted <= options.port + tried && wanted <= 0xffff; ++wanted) {
    auto port = static_cast<std::uint16_t>(wanted);
    Descriptor listener = listen_on_loopback(port);
    if (listener.open()) return std::make_unique<EpollServer>(options, std::move(handler), std::move(listener), port);
  }
  return fail(ErrorCode::busy, "No free port on 127.0.0.1 from " + std::to_string(options.port) + " on.");
}

}  // namespace scrutineer::http
