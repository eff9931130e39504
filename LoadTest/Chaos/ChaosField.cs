using OrleansTicker.LoadTest.Clients;

namespace OrleansTicker.LoadTest.Chaos;

/// <summary>What the clients of a run share.</summary>
internal sealed class ChaosField(IReadOnlyList<Uri> gateways, TokenSource tokens, TimeProvider time)
{
    private FaultWatch _watch = new();

    public IReadOnlyList<Uri> Gateways { get; } = gateways;

    public TokenSource Tokens { get; } = tokens;

    public TimeProvider Time { get; } = time;

    public MessageCache Messages { get; } = new();

    public MarketLedger Ledger { get; } = new();

    public Violations Violations { get; } = new();

    /// <summary>The watch of the current fault.</summary>
    public FaultWatch Watch => Volatile.Read(ref _watch);

    /// <summary>Starts the watch of a new fault.</summary>
    public FaultWatch BeginWatch()
    {
        var watch = new FaultWatch();
        Volatile.Write(ref _watch, watch);
        return watch;
    }
}
