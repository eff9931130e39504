using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>Serializes the list of key ids that is passed to SQL.</summary>
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
internal sealed partial class ApiKeyIdJson : JsonSerializerContext;
