using OrleansTicker.LoadTest.Exchange.Market;

namespace OrleansTicker.LoadTest.Exchange;

/// <summary>Lets the invented market happen at the exchanges of a server, at a steady rate.</summary>
/// <param name="server">The server.</param>
/// <param name="market">What happens.</param>
/// <param name="rate">How many changes a second, at all exchanges together.</param>
/// <param name="time">The clock.</param>
internal sealed class MarketDriver(ExchangeServer server, InventedMarket market, int rate, TimeProvider time)
{
    /// <summary>How long changes are collected, so that many go out in one write.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);

    /// <summary>The most that is made up for when the machine was busy elsewhere.</summary>
    private static readonly TimeSpan MaxLag = TimeSpan.FromSeconds(1);

    /// <summary>How many changes have happened.</summary>
    public long Changes { get; private set; }

    /// <summary>Gives each product a first price, at each exchange.</summary>
    public void Open()
    {
        for (var exchange = 0; exchange < server.Venues.Count; exchange++)
        {
            for (var symbol = 0; symbol < server.Venues[exchange].Products.Count; symbol++)
            {
                server.Market.Apply(market.Trade(exchange, symbol));
            }
        }
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Step, time);
        var last = time.GetTimestamp();
        var due = 0.0;
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = time.GetTimestamp();
                var passed = time.GetElapsedTime(last, now);
                last = now;
                due += rate * (passed < MaxLag ? passed : MaxLag).TotalSeconds;
                for (; due >= 1; due--)
                {
                    server.Market.Apply(market.Next());
                    Changes++;
                }

                server.Flush();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
