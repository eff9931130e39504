using System.Net;
using OrleansTicker.LoadTest.Exchange.Market;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>Where a <see cref="ExchangeServer"/> listens and what it trades.</summary>
internal sealed record ExchangeServerOptions
{
    /// <summary>The address. By default nobody outside this machine reaches it.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The symbols of each exchange.</summary>
    public IReadOnlyList<TestSymbol> Symbols { get; init; } = TestSymbols.First(12);
}
