using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace OrleansTicker.Gateway.Telemetry;

/// <summary>
/// What the gateway's meter has counted since the start, in the text format of Prometheus (version 0.0.4), and of the platform's meters what
/// shows a leak: connections, grains of the silo in this process, memory and processor time. A histogram is told as its count and sum.
/// </summary>
internal sealed class MetricsText : IHostedLifecycleService, IDisposable
{
    /// <summary>The format's media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Summary = "summary";

    /// <summary>Instruments of the platform: of Kestrel, Orleans and the runtime.</summary>
    private static readonly string[] OfThePlatform =
        ["kestrel.active_connections", "orleans-grains", "dotnet.process.memory.working_set", "dotnet.gc.last_collection.heap.size", "dotnet.process.cpu.time"];

    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Figure> _figures = new(StringComparer.Ordinal);

    /// <summary>The figures by what is counted: most measurements are of one that is known, and come hundreds of times a second.</summary>
    private readonly Dictionary<Instrument, List<(KeyValuePair<string, object?>[] Tags, Figure Figure)>> _known = [];

    private readonly MeterListener _listener = new();

    public MetricsText(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            // Meters of the whole process have no scope.
            if (instrument.Meter.Name is GatewayMeter.Name or GatewayMeter.SiloName ? instrument.Meter.Scope == meters
                : OfThePlatform.Contains(instrument.Name) && (instrument.Meter.Scope is null || instrument.Meter.Scope == meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Take(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Take(instrument, value, tags));
    }

    /// <summary>Before the silo starts, since grains are counted from one to the next.</summary>
    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _listener.Dispose();

    /// <summary>All figures as they are now.</summary>
    public string Read()
    {
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        lock (_lock)
        {
            var last = "";
            foreach (var (labels, figure) in _figures.Select(entry => (entry.Key[entry.Value.Name.Length..], entry.Value)))
            {
                if (figure.Name != last)
                {
                    last = figure.Name;
                    text.Append(CultureInfo.InvariantCulture, $"# HELP {figure.Name} {figure.Help}\n# TYPE {figure.Name} {figure.Type}\n");
                }

                text.Append(figure.Type == Summary
                    ? string.Create(CultureInfo.InvariantCulture, $"{figure.Name}_sum{labels} {figure.Value}\n{figure.Name}_count{labels} {figure.Count}\n")
                    : string.Create(CultureInfo.InvariantCulture, $"{figure.Name}{labels} {figure.Value}\n"));
            }
        }

        return text.ToString();
    }

    private void Take(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        lock (_lock)
        {
            var figure = Find(instrument, tags) ?? Add(instrument, tags);
            figure.Value = instrument.IsObservable ? value : figure.Value + value;
            figure.Count++;
        }
    }

    private Figure? Find(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (_known.TryGetValue(instrument, out var figures))
        {
            foreach (var (known, figure) in figures)
            {
                if (AreEqual(tags, known))
                {
                    return figure;
                }
            }
        }

        return null;
    }

    /// <summary>Adds a figure, unless another instrument counts the same.</summary>
    private Figure Add(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var kind = instrument.GetType().Name;
        var type = kind.StartsWith("Histogram", StringComparison.Ordinal) ? Summary
            : kind.Contains("UpDown", StringComparison.Ordinal) || kind.Contains("Gauge", StringComparison.Ordinal) ? "gauge"
            : "counter";
        var name = instrument.Name.Replace('.', '_').Replace('-', '_') + (type == "counter" ? "_total" : "");
        var key = name + LabelsOf(tags);
        if (!_figures.TryGetValue(key, out var figure))
        {
            figure = new Figure(name, type, instrument.Description ?? "");
            _figures.Add(key, figure);
        }

        if (!_known.TryGetValue(instrument, out var figures))
        {
            figures = [];
            _known.Add(instrument, figures);
        }

        figures.Add((tags.ToArray(), figure));
        return figure;
    }

    private static bool AreEqual(ReadOnlySpan<KeyValuePair<string, object?>> these, KeyValuePair<string, object?>[] those)
    {
        for (var index = 0; index < those.Length && these.Length == those.Length; index++)
        {
            if (these[index].Key != those[index].Key || !Equals(these[index].Value, those[index].Value))
            {
                return false;
            }
        }

        return these.Length == those.Length;
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
        {
            return "";
        }

        var labels = new List<string>();
        foreach (var (name, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("\\", "\\\\", StringComparison.Ordinal)
                .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
            labels.Add($"{name.Replace('.', '_')}=\"{text}\"");
        }

        return $"{{{string.Join(',', labels)}}}";
    }

    private sealed class Figure(string name, string type, string help)
    {
        public string Name => name;

        public string Type => type;

        public string Help => help;

        public double Value { get; set; }

        public long Count { get; set; }
    }
}
