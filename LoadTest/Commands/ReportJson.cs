using System.Text.Json.Serialization;
using OrleansTicker.LoadTest.Api;
using OrleansTicker.LoadTest.Attack;
using OrleansTicker.LoadTest.Chaos;
using OrleansTicker.LoadTest.Cluster;
using OrleansTicker.LoadTest.Exchange;
using OrleansTicker.LoadTest.Load;

namespace OrleansTicker.LoadTest.Commands;

/// <summary>The reports as JSON.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ApiReport))]
[JsonSerializable(typeof(AttackReport))]
[JsonSerializable(typeof(ChaosReport))]
[JsonSerializable(typeof(ClusterReport))]
[JsonSerializable(typeof(ExchangeReport))]
[JsonSerializable(typeof(LoadReport))]
internal sealed partial class ReportJson : JsonSerializerContext;
