using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using OrleansTicker.Gateway.Market;
using OrleansTicker.Tests.Hosting;

namespace OrleansTicker.Tests.Gateway.Fanout;

public sealed class GatewayMetricsTests
{
    [Fact]
    public async Task Sessions_views_and_frames_are_counted()
    {
        var calls = new GrainCalls();
        await using var gateway = await GatewayHost.StartAsync(calls.Install);
        var meters = gateway.Services.GetRequiredService<IMeterFactory>();
        var figures = new ConcurrentDictionary<string, long>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == GatewayMeter.Name && instrument.Meter.Scope == meters)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            figures[tags.Length == 0 ? instrument.Name : $"{instrument.Name} {tags[0].Value}"] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => figures[instrument.Name] = (long)value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => figures[instrument.Name] = value);
        listener.Start();

        using var one = await gateway.ConnectAsync();
        using var other = await gateway.ConnectAsync();
        await other.ReceiveAsync("ticker");
        await other.SendAsync("""{"type":"subscribe","symbols":["BTC-USD"]}""");
        await other.ReceiveAsync("subscribed");
        await other.ReceiveAsync("ticker");
        listener.RecordObservableInstruments();

        Assert.Equal(2, figures["ticker.sessions"]);
        Assert.Equal(2, figures["ticker.views"]);
        Assert.True(figures["ticker.frames"] >= 2);
        Assert.InRange(figures["ticker.delivery"], 0, (long)TickerClient.Patience.TotalMilliseconds);
        Assert.Equal(0, figures["ticker.slow_consumers"]);
        Assert.Equal(0, figures["ticker.conflated"]);

        await gateway.StopAsync();
        Assert.Equal(1, figures["ticker.sessions.ended 1001"]);
    }
}
