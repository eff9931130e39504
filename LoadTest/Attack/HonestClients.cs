using System.Net;
using OrleansTicker.LoadTest.Clients;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Attack;

/// <summary>The honest clients. They connect before the attacks, stay connected, and are measured in each phase.</summary>
internal sealed class HonestClients(AttackTarget target, int clients, TimeProvider time) : IAsyncDisposable
{
    /// <summary>How many clients share an address, and how many in a row share a key. Within the default limits of a gateway.</summary>
    public const int ClientsEach = 100;

    private const int Handshakes = 32;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly MessageCache _messages = new();
    private readonly List<LoadClient> _clients = [];
    private readonly List<Task> _reading = [];
    private LoadMeter _meter = new(time);

    /// <summary>The number of WebSockets that ended without being asked to.</summary>
    public int Closed => _clients.Count(client => client.End is not null);

    /// <summary>Those WebSockets by close code.</summary>
    public SortedDictionary<int, int> Closes => new(_clients.Where(client => client.End is not null).GroupBy(client => client.End!.Value.Code)
        .ToDictionary(group => group.Key, group => group.Count()));

    /// <exception cref="TokenRefusedException">A key was not accepted.</exception>
    /// <exception cref="LoadException">The gateway does not accept all of them.</exception>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        using var exchange = new TokenExchange();
        List<string> tokens = [];
        foreach (var key in target.HonestKeys)
        {
            tokens.Add((await exchange.ExchangeAsync(target.Gateway, key, cancellationToken)).Value);
        }

        var plan = new LoadPlan { Gateway = target.Gateway, ApiKey = "", Clients = clients, Duration = default };
        try
        {
            await Parallel.ForEachAsync(
                Enumerable.Range(0, clients),
                new ParallelOptions { MaxDegreeOfParallelism = Handshakes, CancellationToken = cancellationToken },
                async (number, stop) =>
                {
                    var group = number / ClientsEach;
                    var client = new LoadClient(_meter, isSlow: false) { Source = new IPAddress([127, 0, 1, (byte)(1 + (group % 250))]) };
                    await client.ConnectAsync(plan, number, tokens[group % tokens.Count], _messages, time, stop);
                    lock (_clients)
                    {
                        _clients.Add(client);
                        _reading.Add(Task.Run(client.ReadAsync, CancellationToken.None));
                    }
                });
        }
        catch (HandshakeException e)
        {
            throw new LoadException($"The gateway does not take {clients:N0} honest clients: {e.Message}. Choose fewer, or raise its Limits:*.");
        }
    }

    /// <summary>Measures what they receive during an action.</summary>
    public async Task<AgeReport?> MeasureAsync(Func<Task> act)
    {
        using var meter = new LoadMeter(time);
        _clients.ForEach(client => client.CountInto(meter));
        meter.IsMeasuring = true;
        await act();
        meter.IsMeasuring = false;
        var previous = _meter;
        _meter = new LoadMeter(time);
        previous.Dispose();
        _clients.ForEach(client => client.CountInto(_meter));
        return AgeReport.Of(meter.MergeAges(tally => tally.Ages));
    }

    public async ValueTask DisposeAsync()
    {
        var open = _clients.Where(client => client.End is null).ToList();
        await Task.WhenAll(open.Select(client => client.CloseAsync())).WaitAsync(CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(_reading).WaitAsync(CloseTimeout, time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        open.ForEach(client => client.Cut());
        await Task.WhenAll(_reading);
        _meter.Dispose();
    }
}
