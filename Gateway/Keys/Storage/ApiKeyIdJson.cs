using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Keys.Storage;

/// <summary>How a list of keys' numbers is handed to SQL.</summary>
[JsonSerializable(typeof(IReadOnlyCollection<long>))]
internal sealed partial class ApiKeyIdJson : JsonSerializerContext;
