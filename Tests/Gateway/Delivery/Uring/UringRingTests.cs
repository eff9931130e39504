using OrleansTicker.Gateway.Delivery.Uring;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery.Uring;

/// <summary>The queues that are shared with the kernel. Entries without an operation do nothing and complete.</summary>
public sealed class UringRingTests
{
    private const int Entries = 4;

    public UringRingTests() => Transports.SkipWithoutUring();

    public static TheoryData<uint> Flags => [.. UringSetup.Choices];

    [Theory]
    [MemberData(nameof(Flags))]
    public void Entries_come_back_in_their_order_however_the_ring_is_set_up(uint flags)
    {
        using var ring = Create(flags);
        for (var round = 0ul; round < 10; round++)
        {
            Prepare(ring, round * Entries, Entries);

            Assert.Equal(0, ring.Submit(out var left));

            Assert.Equal(0, left);
            Assert.Equal(Numbers(round * Entries, Entries), Take(ring, Entries));
            Assert.False(ring.TryTake(out _));
        }
    }

    [Fact]
    public void A_full_ring_takes_no_entry_until_what_it_has_is_submitted()
    {
        using var ring = Create(0);
        Prepare(ring, 0, Entries);

        Assert.False(ring.TryPrepare(new SubmissionEntry()));

        ring.Submit(out _);
        Prepare(ring, Entries, Entries);
        ring.Submit(out _);
        Assert.Equal(Numbers(0, 2 * Entries), Take(ring, 2 * Entries));
    }

    [Theory]
    [MemberData(nameof(Flags))]
    public void No_completion_is_lost_when_their_queue_overflows(uint flags)
    {
        using var ring = Create(flags);
        const int Rounds = 10; // The kernel makes the queue of completions twice as long as the other.
        for (var round = 0ul; round < Rounds; round++)
        {
            Prepare(ring, round * Entries, Entries);
            if (ring.Submit(out _) != 0)
            {
                Assert.Fail("The kernel refused entries while completions overflow.");
            }
        }

        Assert.Equal(Numbers(0, Rounds * Entries), Take(ring, Rounds * Entries));
    }

    [Fact]
    public void A_ring_that_another_thread_has_enabled_takes_nothing_and_forgets_it()
    {
        using var ring = UringRing.TryCreate(Entries, UringFlags.SingleIssuer | UringFlags.DeferTasks, out var error);
        Assert.SkipWhen(ring is null, $"The kernel is older than Linux 6.1 (error {error}).");
        OwnThread.Run(() => Assert.Equal(0, ring.Enable()));
        Prepare(ring, 0, 3);

        Assert.True(ring.Submit(out var left) < 0);

        Assert.Equal(3, left);
        Assert.False(ring.TryTake(out _));
        Prepare(ring, 0, Entries); // There is room for all of them again.
    }

    [Fact]
    public void What_is_forgotten_is_not_submitted_with_what_comes_next()
    {
        using var ring = Create(0);
        Prepare(ring, 0, 3);
        ring.Forget();
        Prepare(ring, 10, Entries);

        Assert.Equal(0, ring.Submit(out _));

        Assert.Equal(Numbers(10, Entries), Take(ring, Entries));
        Assert.False(ring.TryTake(out _));
    }

    [Fact]
    public void A_ring_that_is_not_enabled_takes_nothing()
    {
        using var ring = UringRing.TryCreate(Entries, 0, out _)!;
        Prepare(ring, 0, 1);

        Assert.True(ring.Submit(out var left) < 0);

        Assert.Equal(1, left);
    }

    [Fact]
    public void A_ring_that_cannot_be_is_refused_with_the_error_of_the_system()
    {
        Assert.Null(UringRing.TryCreate(Entries, 1u << 31, out var error));

        Assert.Equal(Errno.Invalid, error);
    }

    [Fact]
    public void Mapped_memory_is_out_of_reach_once_it_is_unmapped()
    {
        var ring = Create(0);
        ring.Dispose();

        Assert.Throws<ObjectDisposedException>(() => ring.TryTake(out _));
        Assert.Throws<ObjectDisposedException>(() => ring.TryPrepare(new SubmissionEntry()));
    }

    private static UringRing Create(uint flags)
    {
        var ring = UringRing.TryCreate(Entries, flags, out var error);
        Assert.SkipWhen(ring is null, $"The kernel knows no ring with flags {flags} (error {error}).");
        Assert.Equal(0, ring.Enable());
        return ring;
    }

    private static void Prepare(UringRing ring, ulong from, int count)
    {
        foreach (var number in Numbers(from, count))
        {
            Assert.True(ring.TryPrepare(new SubmissionEntry { UserData = number }));
        }
    }

    private static List<ulong> Take(UringRing ring, int count)
    {
        var taken = new List<ulong>();
        for (var attempt = 0; taken.Count < count && attempt < 100;)
        {
            if (ring.TryTake(out var completion))
            {
                taken.Add(completion.UserData);
            }
            else
            {
                Assert.Equal(0, ring.Wait());
                attempt++;
            }
        }

        return taken;
    }

    private static IEnumerable<ulong> Numbers(ulong from, int count) => Enumerable.Range(0, count).Select(number => from + (ulong)number);
}
