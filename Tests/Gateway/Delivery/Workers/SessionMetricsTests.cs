using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Telemetry;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Delivery.Workers;

public sealed class SessionMetricsTests : IDisposable
{
    private readonly ConcurrentDictionary<string, long> _figures = new();
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly MeterListener _listener = new();

    [Fact]
    public async Task Sessions_views_and_frames_are_counted()
    {
        await using var gateway = await GatewayHost.StartAsync();
        Listen(gateway);
        using var one = await gateway.ConnectAsync();
        using var other = await gateway.ConnectAsync();
        await other.ReceiveAsync("ticker");
        await other.SendAsync("""{"type":"subscribe","symbols":["BTC-USD"]}""");
        await other.ReceiveAsync("subscribed");
        await other.ReceiveAsync("ticker");
        await _delivered.Task.WaitAsync(TickerClient.Patience, TimeProvider.System, TestContext.Current.CancellationToken);

        Assert.Equal(2, Figure("ticker.sessions"));
        Assert.Equal(2, Figure("ticker.views"));
        Assert.True(Figure("ticker.frames") >= 2);
        Assert.InRange(Figure("ticker.delivery"), 0, (long)TickerClient.Patience.TotalMilliseconds);
        Assert.Equal(0, Figure("ticker.slow_consumers"));
        Assert.Equal(0, Figure("ticker.conflated"));

        await gateway.StopAsync();
        Assert.Equal(1, _figures["ticker.sessions.ended 1012"]);
    }

    [Fact]
    public async Task A_slow_consumer_counts_until_it_leaves()
    {
        await using var gateway = await GatewayHost.StartAsync(("Ticker:Interval", "00:00:00.001"));
        Listen(gateway);
        using var client = await RawClient.ConnectAsync(gateway.Address, await gateway.GetTokenAsync(), receiveBuffer: 4096);

        await Eventually.TrueAsync(() => Figure("ticker.slow_consumers") == 1, "a slow consumer");
        Assert.Equal(1, Figure("ticker.slow_consumer.episodes"));
        client.Cut();

        await Eventually.TrueAsync(() => Figure("ticker.slow_consumers") == 0, "no slow consumer");
    }

    public void Dispose() => _listener.Dispose();

    private void Listen(GatewayHost gateway)
    {
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == GatewayMeter.Name && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _figures[tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value);
        _listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => _figures[instrument.Name] = value);
        _listener.SetMeasurementEventCallback<double>((instrument, value, _, _) =>
        {
            _figures[instrument.Name] = (long)value;
            _delivered.TrySetResult();
        });
        _listener.Start();
    }

    private long Figure(string name)
    {
        _listener.RecordObservableInstruments();
        return _figures.GetValueOrDefault(name);
    }
}
