namespace OrleansTicker.LoadTest.Exchange.Venues;

/// <summary>Counts what happens, and lets others wait for a count. Thread-safe.</summary>
internal sealed class Milestones
{
    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Enum.GetValues<Milestone>().Length];
    private readonly List<(Milestone Kind, int Count, TaskCompletionSource Reached)> _waiting = [];

    /// <summary>Counts one more.</summary>
    /// <returns>How many there are now.</returns>
    public int Count(Milestone kind)
    {
        lock (_gate)
        {
            var count = ++_counts[(int)kind];
            _waiting.RemoveAll(waiting => waiting.Kind == kind && waiting.Count <= count && waiting.Reached.TrySetResult());
            return count;
        }
    }

    /// <summary>Waits until there are so many.</summary>
    public Task WaitAsync(Milestone kind, int count)
    {
        lock (_gate)
        {
            if (_counts[(int)kind] >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((kind, count, reached));
            return reached.Task;
        }
    }
}
