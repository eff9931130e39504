using CsCheck;
using OrleansTicker.Gateway.Delivery.Workers;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

public sealed class DueQueueTests
{
    private static readonly Gen<(int Slot, int DueAt)> GenStep = Gen.Select(Gen.Int[0, 19], Gen.Int[-1, 50]);

    /// <summary>Slots are set, set again and removed in any order; they come out as from a sorted list.</summary>
    [Fact]
    public void Slots_come_out_when_they_are_due_and_the_earliest_first() => GenStep.List[0, 100].Sample(
        steps =>
        {
            var slots = Enumerable.Range(0, 20).Select(_ => new SessionSlot(null!)).ToArray();
            var expected = new Dictionary<SessionSlot, long>();
            var queue = new DueQueue();
            foreach (var (slot, dueAt) in steps)
            {
                if (dueAt < 0)
                {
                    queue.Remove(slots[slot]);
                    expected.Remove(slots[slot]);
                }
                else
                {
                    queue.Set(slots[slot], dueAt);
                    expected[slots[slot]] = dueAt;
                }

                Assert.Equal(expected.Count == 0 ? null : expected.Values.Min(), queue.Earliest);
            }

            for (var now = 0L; now <= 50; now++)
            {
                var due = new HashSet<SessionSlot>();
                while (queue.TakeDue(now) is { } slot)
                {
                    Assert.True(due.Add(slot));
                    Assert.Equal(-1, slot.DueIndex);
                }

                Assert.Equal(expected.Where(entry => entry.Value == now).Select(entry => entry.Key).ToHashSet(), due);
            }

            Assert.Null(queue.Earliest);
        },
        iter: 2000);
}
