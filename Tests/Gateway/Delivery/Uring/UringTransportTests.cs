using System.Net.Sockets;
using OrleansTicker.Gateway.Delivery;
using OrleansTicker.Gateway.Delivery.Direct;
using OrleansTicker.Gateway.Delivery.Uring;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>Batches of frames over real sockets, and what can happen to a socket, the ring or the system meanwhile.</summary>
public sealed class UringTransportTests : IDisposable
{
    private const int BatchSize = 16;

    private readonly List<IDisposable> _owned = [];
    private readonly List<int> _errors = [];

    public UringTransportTests() => Transports.SkipWithoutUring();

    [Fact]
    public void Each_socket_gets_its_own_frame() => OwnThread.Run(() =>
    {
        using var transport = Create();
        var pairs = Pairs(BatchSize);
        for (var round = 0; round < 5; round++)
        {
            var batch = pairs.Select((pair, index) => Of(pair, Frame(100 + index, round + index))).ToArray();

            transport.Send(batch);

            Assert.All(batch.Zip(pairs), sent =>
            {
                Assert.Equal(sent.First.Frame.Length, sent.First.Taken);
                Assert.Equal(sent.First.Frame, sent.Second.Read(sent.First.Taken));
            });
        }
    });

    [Fact]
    public void A_full_socket_takes_a_part_and_then_nothing_and_keeps_nobody_waiting() => OwnThread.Run(() =>
    {
        using var transport = Create();
        var (full, free) = (Add(new SocketPair(buffer: 4096)), Add(new SocketPair()));
        var taken = new List<byte>();
        var content = Frame(64 << 10, 7);
        int last;
        do
        {
            FrameSend[] batch = [Of(full, content.AsMemory(taken.Count % content.Length)), Of(free, Frame(10, 1))];
            transport.Send(batch);
            Assert.Equal(10, batch[1].Taken);
            last = batch[0].Taken;
            taken.AddRange(batch[0].Frame.Span[..Math.Max(0, last)]);
        }
        while (last > 0);

        Assert.Equal(-Errno.Again, last);
        Assert.Equal(taken, full.Read(taken.Count));
    });

    [Theory]
    [InlineData("closed")]
    [InlineData("reset")]
    [InlineData("shut down")]
    public void A_socket_that_is_gone_takes_nothing_and_the_others_do(string end) => OwnThread.Run(() =>
    {
        using var transport = Create();
        var (gone, other) = (Add(new SocketPair()), Add(new SocketPair()));
        FrameSend[] batch = [Of(gone, Frame(10, 1)), Of(other, Frame(10, 2))];
        switch (end)
        {
            case "closed":
                gone.Sender.Dispose();
                break;
            case "reset":
                gone.Receiver.LingerState = new LingerOption(true, 0);
                gone.Receiver.Dispose();
                Assert.True(gone.Sender.Poll(30_000_000, SelectMode.SelectRead));
                break;
            default:
                gone.Sender.Shutdown(SocketShutdown.Send);
                break;
        }

        transport.Send(batch);

        Assert.True(batch[0].Taken < 0);
        Assert.Equal(10, batch[1].Taken);
        Assert.Equal(Frame(10, 2), other.Read(10));
    });

    [Fact]
    public void The_descriptor_of_a_closed_socket_may_be_anothers_at_once_which_gets_nothing() => OwnThread.Run(() =>
    {
        using var transport = Create();
        FrameSend[] batch;
        SocketPair[] others;
        int descriptor;
        var attempts = 0;
        do
        {
            Assert.True(attempts++ < 100, "Somebody else gets the descriptor each time.");
            var closed = Add(new SocketPair());
            batch = [Of(closed, Frame(10, 1))];
            descriptor = DescriptorOf(closed.Sender);
            closed.Sender.Dispose();
            others = [.. Pairs(4)];
        }
        while (!others.Any(pair => DescriptorOf(pair.Sender) == descriptor || DescriptorOf(pair.Receiver) == descriptor));

        transport.Send(batch);

        Assert.True(batch[0].Taken < 0);
        Assert.All(others, pair => Assert.Equal((0, 0), (pair.Sender.Available, pair.Receiver.Available)));
    });

    [Fact]
    public void Sockets_that_close_while_batches_are_sent_end_no_batch() => OwnThread.Run(() =>
    {
        using var transport = Create();
        for (var round = 0; round < 50; round++)
        {
            var pairs = Pairs(BatchSize);
            using var closing = new Barrier(2);
            var closer = new Thread(() =>
            {
                closing.SignalAndWait();
                pairs.ForEach(pair => pair.Dispose());
            });
            closer.Start();
            closing.SignalAndWait();
            for (var count = 0; count < 20; count++)
            {
                var batch = pairs.Select(pair => Of(pair, Frame(50, count))).ToArray();
                transport.Send(batch);
                Assert.All(batch, send => Assert.True(send.Taken == 50 || send.Taken < 0));
            }

            closer.Join();
        }

        Assert.Equal(TransportKind.Uring, transport.Kind);
    });

    [Fact]
    public void The_garbage_collector_moves_no_frame_and_interrupts_no_batch() => OwnThread.Run(() =>
    {
        const int Rounds = 200;
        using var transport = Create();
        var pairs = Pairs(BatchSize);
        using var turn = new Barrier(2);
        var collector = new Thread(() =>
        {
            for (var round = 0; round < Rounds; round++)
            {
                turn.SignalAndWait();
                GC.Collect(0, GCCollectionMode.Forced, blocking: true, compacting: true); // The frames are of this generation.
            }
        });
        collector.Start();
        for (var round = 0; round < Rounds; round++)
        {
            var batch = pairs.Select((pair, index) => Of(pair, Frame(200, round + index))).ToArray(); // New arrays, which a collection moves.
            turn.SignalAndWait();
            transport.Send(batch);
            Assert.All(batch.Zip(pairs).Select((sent, index) => (sent, index)), item =>
                Assert.Equal(Frame(200, round + item.index), item.sent.Second.Read(200)));
        }

        collector.Join();
    });

    [Fact]
    public void Frames_stay_where_they_are_until_the_kernel_is_done_with_the_batch()
    {
        var collecting = new CollectingTransport();
        var pair = Add(new SocketPair());
        OwnThread.Run(() =>
        {
            using var transport = new UringTransport(UringSetup.TryCreate(BatchSize, out _)!, collecting, _errors.Add, TimeProvider.System);
            transport.Send([Of(pair, Frame(5, 0))]);
            ForbiddenUring.ForThisThread(Errno.Again, (426, 426)); // From now on the batch gets to the other transport before it is over.
            for (var round = 0; round < 10; round++)
            {
                _ = Enumerable.Range(0, 100).Select(_ => new byte[1000]).Last(); // Garbage, whose room a collection fills.
                FrameSend[] batch = [Of(pair, Frame(100, round))];
                collecting.Control = new byte[100];
                transport.Send(batch);
            }
        });

        Assert.True(collecting.ControlMoved > 0, "The collector moves nothing at all.");
        Assert.Equal(0, collecting.FramesMoved);
    }

    [Fact]
    public void What_the_kernel_does_not_take_from_the_ring_is_sent_all_the_same()
    {
        // Each refused call is a batch whose entries the kernel has not taken.
        var pairs = Pairs(BatchSize);
        OwnThread.Run(() =>
        {
            using var transport = Create();
            FrameSend[] first = [.. pairs.Select(pair => Of(pair, Frame(20, 1)))];
            transport.Send(first);
            ForbiddenUring.ForThisThread(Errno.Again, (426, 426));
            for (var round = 2; round < 5; round++)
            {
                FrameSend[] batch = [.. pairs.Select(pair => Of(pair, Frame(20, round)))];

                transport.Send(batch);

                Assert.All(batch, send => Assert.Equal(20, send.Taken));
            }

            Assert.Equal(TransportKind.Uring, transport.Kind); // The error may pass.
        });

        Assert.All(pairs, pair => Assert.Equal(Enumerable.Range(1, 4).SelectMany(round => Frame(20, round)), pair.Read(80)));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData(426, "sending")]
    [InlineData(427, "being enabled")]
    public void A_ring_that_the_system_refuses_later_is_given_up_and_told_once(int call, string when)
    {
        var pair = Add(new SocketPair());
        OwnThread.Run(() =>
        {
            using var transport = Create();
            if (when == "sending")
            {
                transport.Send([Of(pair, Frame(5, 0))]);
            }

            ForbiddenUring.ForThisThread(Errno.NotPermitted, ((uint)call, (uint)call));
            for (var round = 0; round < 3; round++)
            {
                FrameSend[] batch = [Of(pair, Frame(5, round))];
                transport.Send(batch);
                Assert.Equal(5, batch[0].Taken);
            }

            Assert.Equal(TransportKind.Send, transport.Kind);
        });

        Assert.Equal([Errno.NotPermitted], _errors);
        pair.Read(when == "sending" ? 20 : 15);
    }

    [Theory]
    [InlineData(Errno.NotPermitted, "the system refuses io_uring (kernel.io_uring_disabled, or the seccomp profile of a container)")]
    [InlineData(Errno.NotImplemented, "the kernel has no io_uring, or the seccomp profile of a container hides it")]
    [InlineData(Errno.NoMemory, "there is not enough memory that may be locked (RLIMIT_MEMLOCK)")]
    [InlineData(Errno.TooManyFiles, "there are too many open files")]
    [InlineData(Errno.Invalid, "the kernel is older than Linux 5.10")]
    [InlineData(95, "the system refuses io_uring with error 95")]
    public void A_system_that_gives_no_ring_says_why(int error, string reason) => OwnThread.Run(() =>
    {
        ForbiddenUring.ForThisThread(error, (425, 427));

        Assert.Null(UringSetup.TryCreate(BatchSize, out var said));

        Assert.Equal(reason, said);
    });

    [Fact]
    public void A_batch_allocates_nothing() => OwnThread.Run(() =>
    {
        using var transport = Create();
        var frame = Frame(20, 1);
        var batch = Pairs(BatchSize).Select(pair => Of(pair, frame)).ToArray();
        transport.Send(batch);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0; round < 100; round++)
        {
            transport.Send(batch);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    });

    public void Dispose() => _owned.ForEach(owned => owned.Dispose());

    private UringTransport Create() => new(UringSetup.TryCreate(BatchSize, out _)!, new DirectTransport(), _errors.Add, TimeProvider.System);

    private List<SocketPair> Pairs(int count) => [.. Enumerable.Range(0, count).Select(_ => Add(new SocketPair()))];

    private SocketPair Add(SocketPair pair)
    {
        _owned.Add(pair);
        return pair;
    }

    private static int DescriptorOf(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static byte[] Frame(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static FrameSend Of(SocketPair pair, ReadOnlyMemory<byte> frame) =>
        new() { SlotIndex = 0, Socket = pair.Sender.SafeHandle, Frame = frame, To = default(Cursor) };
}
