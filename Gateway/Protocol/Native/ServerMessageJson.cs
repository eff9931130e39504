using System.Text.Json.Serialization;

namespace OrleansTicker.Gateway.Protocol.Native;

/// <summary>A control message as it goes over the wire; docs/protocol.md describes each.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WelcomeJson), "welcome")]
[JsonDerivedType(typeof(PongJson), "pong")]
[JsonDerivedType(typeof(SubscribedJson), "subscribed")]
[JsonDerivedType(typeof(ErrorJson), "error")]
[JsonDerivedType(typeof(AuthJson), "auth")]
[JsonDerivedType(typeof(ReconnectJson), "reconnect")]
[JsonDerivedType(typeof(StatusJson), "status")]
[JsonDerivedType(typeof(CandlesJson), "candles")]
internal abstract record ServerMessageJson;
