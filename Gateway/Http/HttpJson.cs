using System.Text.Json;
using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Http;

/// <summary>How the JSON bodies of errors are written.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ErrorBody))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(UdfError))]
internal sealed partial class HttpJson : JsonSerializerContext;
