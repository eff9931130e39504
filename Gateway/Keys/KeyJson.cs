using System.Text.Json.Serialization;
using OrleansTicker.Gateway.Keys.Admin;

namespace OrleansTicker.Gateway.Keys;

/// <summary>How JSON about API keys is read and written. Twice the same name may mean two things to two readers (RFC 8259, 4), and is refused.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ApiKeyListJson))]
[JsonSerializable(typeof(CreatedApiKeyJson))]
[JsonSerializable(typeof(CreateKeyRequest))]
[JsonSerializable(typeof(RotateKeyRequest))]
internal sealed partial class KeyJson : JsonSerializerContext;
