using OrleansTicker.Grains.Interfaces.Tokens;

namespace OrleansTicker.Tests.Grains.Tokens;

/// <summary>Comes before every call to a token grain, and does what a test wants there: throw, or wait.</summary>
internal sealed class CallFault : IIncomingGrainCallFilter
{
    private int _count;

    /// <summary>What happens instead of the call going through; null for nothing.</summary>
    public Func<Task>? Before { get; set; }

    /// <summary>How many calls have reached token grains.</summary>
    public int Count => Volatile.Read(ref _count);

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        if (context.InterfaceMethod.DeclaringType == typeof(ITokenGrain))
        {
            Interlocked.Increment(ref _count);
            await (Before?.Invoke() ?? Task.CompletedTask);
        }

        await context.Invoke();
    }
}
